"""How a row is related to the head of its household, from the words and codes that rosters use (GB/T 4761)."""

import re

from yige.archive.words import Relation
from yige.lib.typed_text import half_width

# fmt: off
RELATIONS = (
    (Relation.HEAD,        ("户主", "本人", "户主本人", "0", "01", "02")),
    (Relation.SPOUSE,      ("配偶", "妻", "夫", "妻子", "丈夫", "爱人", "老伴", "老婆", "老公")),
    (Relation.GRANDCHILD,  ("孙辈", "孙", "孙子", "孙女", "外孙", "外孙子", "外孙女", "孙子女", "外孙子女", "重孙", "重孙女", "曾孙", "曾孙女", "孙媳", "孙媳妇", "孙女婿", "长孙", "次孙")),
    (Relation.CHILD,       ("子女", "子", "女", "儿子", "女儿", "儿", "独生子", "独生女", "独子", "独女", "长子", "长女", "次子", "次女", "三子", "三女", "四子", "四女", "五子", "五女", "大儿子", "二儿子", "大女儿", "二女儿", "小儿子", "小女儿", "幼子", "幼女", "养子", "养女", "继子", "继女", "孩子", "儿媳", "儿媳妇", "女婿")),
    (Relation.PARENT,      ("父母", "父", "母", "父亲", "母亲", "爸爸", "妈妈", "公公", "婆婆", "岳父", "岳母", "继父", "继母", "养父", "养母")),
    (Relation.GRANDPARENT, ("祖辈", "祖父", "祖母", "外祖父", "外祖母", "爷爷", "奶奶", "姥爷", "姥姥", "外公", "外婆", "曾祖父", "曾祖母")),
    (Relation.SIBLING,     ("兄弟姐妹", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "哥", "兄弟", "姐妹", "姊", "姊妹", "嫂", "嫂子", "弟媳", "弟妹", "姐夫", "妹夫", "弟妇")),
    (Relation.OTHER,       ("其他", "其它", "亲属", "其他亲属", "非亲属", "亲戚", "侄", "侄子", "侄女", "外甥", "外甥女", "甥", "伯父", "伯母", "叔父", "叔叔", "婶", "姑", "姑姑", "舅", "舅舅", "姨", "表兄", "表弟", "表姐", "表妹", "堂兄", "堂弟", "堂姐", "堂妹", "保姆", "护工", "租客", "租户", "房客", "承租人", "合租", "朋友", "同事", "同学", "同住", "寄住", "雇工", "员工", "房东", "监护人", "亲家")),
)
# fmt: on
_RELATION = {word: relation for relation, words in RELATIONS for word in words}
# The first digit of a code of two digits.
_CODES = {
    "1": Relation.SPOUSE, "2": Relation.CHILD, "3": Relation.CHILD, "4": Relation.GRANDCHILD, "5": Relation.PARENT,
    "6": Relation.GRANDPARENT, "7": Relation.SIBLING, "8": Relation.OTHER, "9": Relation.OTHER,
}  # fmt: skip
_SAID_BEFORE = re.compile(r"^(?:户主|本人)?(?:之|的|是)?(?=.)")
_SAID_BEHIND = re.compile(r"\(.*\)$")


def relation_of(text: str) -> Relation | None:
    """Return the relation that a cell names: 之妻, 妻, 户主之妻, 12 are all 配偶; None when nobody can tell."""
    plain = _SAID_BEHIND.sub("", "".join(half_width(text).split()))
    if found := _RELATION.get(plain):
        return found
    if len(plain) == 2 and plain.isdecimal():
        return _CODES.get(plain[0])
    return _RELATION.get(_SAID_BEFORE.sub("", plain))
