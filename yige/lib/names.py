"""How a Chinese name sounds, for finding one person written in two ways."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from yige.lib.typed_text import half_width

_SIGNS = re.compile(r"[^\w·]+")
_DOTS = str.maketrans("•・‧∙⋅", "·····")

# Two characters that are one surname and sound otherwise than alone.
_SURNAMES = {"尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "长孙": "zhangsun"}
_ALONE = {"单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "任": "ren", "盖": "ge", "朴": "piao", "区": "ou", "翟": "zhai", "乐": "yue", "召": "shao", "尹": "yin"}  # fmt: skip


def plain_name(text: str) -> str:
    """A name as it is compared: half width, one kind of dot, small letters, no spaces and no other signs."""
    return _SIGNS.sub("", half_width(text).translate(_DOTS)).casefold()


def sound(name: str) -> str:
    """王小英 becomes wangxiaoying, without tones; what is no Chinese character stays in small letters."""
    plain = "".join(name.split()).replace("·", "").replace("•", "")
    for surname, said in _SURNAMES.items():
        if plain.startswith(surname):
            return said + _said(plain[len(surname) :])
    return _ALONE.get(plain[:1], _said(plain[:1])) + _said(plain[1:])


def _said(text: str) -> str:
    return "".join(_of(char) for char in text)


@lru_cache(maxsize=30_000)
def _of(char: str) -> str:
    return lazy_pinyin(char, style=Style.NORMAL)[0].casefold()
