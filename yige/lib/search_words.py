"""The one form in which words are searched: what is stored and what is typed go through the same door.

３号楼, 3栋, 三号楼 and 3号楼。 are one place to whoever looks for it. Signs and spaces say nothing.
"""

import re

from yige.lib.addresses import digits_before_marks
from yige.lib.typed_text import bigrams, half_width

_NOT_WORD = re.compile(r"[\W_]+")
_APART = re.compile(r"(?<=[0-9A-Za-z零一二三四五六七八九十]) (?=号|栋|幢|座|单元|楼|层|室)")
_BLOCK = re.compile(r"(?<=[0-9a-z])(?:号栋|号幢|栋楼|幢楼|栋|幢|座|#楼|#|号楼楼)", re.IGNORECASE)


def search_form(text: str) -> str:
    """Half width, small letters, digits where numerals stand before a mark, 号楼 for 栋 and 幢, nothing but words."""
    plain = digits_before_marks("".join(half_width(text).split()))
    return _bare(_BLOCK.sub("号楼", plain))


def search_forms(typed: str, most: int) -> list[str]:
    """Return the words of what was typed, each in the form in which it is searched; 3 号楼 is one word."""
    words = _APART.sub("", " ".join(half_width(typed).split())).split()
    return [form for word in words[:most] if (form := search_form(word))]


def search_text(text: str) -> str:
    """Return what is kept for searching: the form above, and the plain words where they differ from it.

    In 统一门牌 the 一 is no number, so a search for 统一 has to find the words as they were written too.
    """
    form, plain = search_form(text), _bare(half_width(text))
    return form if form == plain else f"{form}\n{plain}"


def search_pairs(kept: str) -> list[str]:
    """Return the pairs of characters of a kept text, sorted; none of them reaches from one line into the next."""
    return sorted(frozenset().union(*(bigrams(line) for line in kept.split("\n"))))


def _bare(text):
    return _NOT_WORD.sub("", text).casefold()
