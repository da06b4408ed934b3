"""How a Chinese name is compared and how it sounds, for finding one person written in two ways."""

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from yige.lib.typed_text import half_width

_SIGNS = re.compile(r"[^\w·]+")
# Every dot that is written between the parts of a name: 买买提·示例, 买买提・示例 and 买买提•示例 are one.
_DOTS = dict.fromkeys(map(ord, "•・･‧∙⋅●⸱⸳᛫ꞏ․﹒◦⚫\U00010101"), "·")
_POINT = re.compile(r"(?<=[^\W\d_a-zA-Z])[.．。](?=[^\W\d_a-zA-Z])")


# Two characters that are one surname and sound otherwise than alone.
_SURNAMES = {"尉迟": "yuchi", "万俟": "moqi", "澹台": "tantai", "单于": "chanyu", "长孙": "zhangsun"}
_ALONE = {"单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "盖": "ge", "朴": "piao", "区": "ou", "翟": "zhai", "乐": "yue", "召": "shao", "缪": "miao", "员": "yun", "贠": "yun", "洗": "xian", "牟": "mu", "郇": "xun", "种": "chong", "重": "chong", "秘": "bi", "折": "she", "祭": "zhai", "繁": "po", "薄": "bo", "隗": "wei", "句": "gou", "乜": "nie", "黑": "he", "都": "du", "覃": "qin", "阚": "kan", "佴": "nai", "粘": "nian", "长": "chang", "卜": "bu", "藏": "zang"}  # fmt: skip


def plain_name(text: str) -> str:
    """A name as it is compared: half width, one kind of dot, small letters, no spaces and no other signs."""
    return _SIGNS.sub("", one_dot(text)).casefold()


def one_dot(text: str) -> str:
    """Half width, and one kind of dot between the parts of a name, whichever of Unicode's was typed."""
    return _POINT.sub("·", half_width(text.translate(_DOTS)).translate(_DOTS))


def sound(name: str) -> str:
    """王小英 becomes wangxiaoying, without tones; what is no Chinese character stays in small letters."""
    plain = "".join(one_dot(name).split()).replace("·", "")
    for surname, said in _SURNAMES.items():
        if plain.startswith(surname):
            return said + _said(plain[len(surname) :])
    return _ALONE.get(plain[:1], _said(plain[:1])) + _said(plain[1:])


def _said(text: str) -> str:
    return "".join(_of(char) for char in text)


@lru_cache(maxsize=30_000)
def _of(char: str) -> str:
    return lazy_pinyin(char, style=Style.NORMAL)[0].casefold()
