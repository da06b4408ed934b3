"""What people type: cleaned without loss, measured as they count, compared for likeness."""

import re
import unicodedata

from yige.lib.private_signs import with_public_signs

_NEWLINES = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
_BLANK_LINES = re.compile(r"\n{3,}")
_TRAILING = re.compile(r"[ \t\u3000]+(?=\n|$)")
_NOT_WORD = re.compile(r"[\W_]+")
# Orders to the renderer that can hide or turn text around; joiners inside emoji stay.
_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_INVISIBLE = "\ufeff\u00ad\u2060\u200b"
_DROPPED = {ord(char): None for char in _BIDI + _INVISIBLE}


def clean(text: str) -> str:
    """Normalise typed text: NFC, plain newlines, no control characters; emoji and rare signs stay whole."""
    text = with_public_signs(_NEWLINES.sub("\n", text).translate(_DROPPED))
    text = "".join(char for char in text if char in "\n\t" or not _is_control(char))
    text = unicodedata.normalize("NFC", text)
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("", text)).strip()


def clean_line(text: str) -> str:
    """The same for a field of one line: every run of white space becomes one space."""
    return " ".join(clean(text).split())


def length(text: str) -> int:
    """The length as people count: a character with its marks, or a joined emoji, is one."""
    count, joined = 0, False
    for char in text:
        extends = (
            unicodedata.combining(char)
            or char in "\u200d\ufe0f\ufe0e"
            or "\U0001f3fb" <= char <= "\U0001f3ff"
        )
        if not (extends or joined):
            count += 1
        joined = char == "\u200d"
    return count


def shorten(text: str, longest: int) -> str:
    """The beginning of a text in one line, with an ellipsis when something is left out."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as they stand on a keyboard: ４１０ becomes 410."""
    return unicodedata.normalize("NFKC", text)


def bigrams(text: str) -> frozenset[str]:
    """The set of neighbouring characters, free of signs, spaces and case."""
    plain = _NOT_WORD.sub("", half_width(text)).casefold()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1)) or frozenset({plain} - {""})


def likeness(one: str | frozenset[str], other: str | frozenset[str]) -> float:
    """How alike two texts are, from 0 to 1: the shared part of both bigram sets (Dice)."""
    first = bigrams(one) if isinstance(one, str) else one
    second = bigrams(other) if isinstance(other, str) else other
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0


def _is_control(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or 0xFDD0 <= ord(char) <= 0xFDEF
        or ord(char) & 0xFFFE == 0xFFFE
    )
