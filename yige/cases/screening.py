"""What of a text may tell who somebody is, or was taken from the reporter: the house's own detectors, and names.

It refuses too much rather than too little: whoever wrote the text writes it in another way.
"""

import re
from collections.abc import Iterable

from yige.cases.models import FollowUp, Rating
from yige.lib import homes, masks
from yige.lib.typed_text import half_width

SAME_RUN = 10  # so many characters in a row that stand in the reporter's words are copied from there
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_CALLED = re.compile(
    rf"(?:[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|大爷|大妈|大娘|大叔|大姐|大哥|阿姨|叔叔|奶奶|爷爷|老太太|老师|师傅)"
    rf"|[{SURNAMES}]家(?:媳妇|儿子|女儿|老人|老太|老头|小孩|孩子|两口子|夫妻)"
    rf"|[老小][{SURNAMES}](?![\u4e00-\u9fff]*[路街巷村园区楼])|[{SURNAMES}]某[某甲乙]?)"
)
_NAMED = re.compile(
    rf"(?:居民|业主|住户|反映人|网格员|网格长|书记|主任|邻居|租户)(?:叫|是)?[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[，。、,说反家]|$)"
)

# Who says something, at the beginning of a clause; 夏天反映 is nobody.
_SPEAKS = re.compile(
    rf"(?<![\u4e00-\u9fff])[{SURNAMES}](?![天边便何时季间面])[\u4e00-\u9fff]{{1,2}}(?=反映|投诉|来电|打来|打电话)"
)
_MASKED = re.compile(r"[0-9A-Za-z*]*\*[0-9A-Za-z*]*")


def faults_of(text: str, *, heard: Iterable[str] = (), names: Iterable[str] = ()) -> list[str]:
    """Return a sentence for each thing in a text that must not be published; `heard` are the reporter's own words."""
    plain = half_width(text)
    found = []
    masked = masks.free_text(plain)
    if masked != plain:
        found.append("里面有像电话、证件号、账号或车牌的一串字。")
    # A telephone is not told once more as a door, nor somebody's name as a home.
    rest = _CALLED.sub("", _MASKED.sub("，", masked))
    if homes.hide_homes(rest) != rest:
        found.append("里面写到了哪一户；楼可以写，门牌不写。")
    called = {match.group() for pattern in (_CALLED, _NAMED, _SPEAKS) for match in pattern.finditer(plain)}
    called |= {name for name in names if len(name) > 1 and name in plain}
    found += [f"“{words}”像是一个人的名字或称呼。" for words in sorted(called)]
    if any(copied := longest_run(plain, said) for said in heard):
        found.append(f"“{copied}”和反映人、回访里的话一样；请用自己的话写。")
    return found


def longest_run(text: str, said: str) -> str:
    """Return the first run of a text that stands in somebody's words just so, "" where there is none."""
    said = half_width(said)
    return next(
        (
            text[at : at + SAME_RUN]
            for at in range(len(text) - SAME_RUN + 1)
            if text[at : at + SAME_RUN] in said
        ),
        "",
    )


def heard_of(case) -> list[str]:
    """Return what reporters said of a case, at the report and after it was closed."""
    said = Rating.objects.filter(about=case).values_list("words", flat=True)
    noted = FollowUp.objects.filter(about=case).values_list("words", flat=True)
    return [case.words, *case.merged.values_list("words", flat=True), *said, *noted]


def names_of(case) -> list[str]:
    """Return the names of the staff who had a part in a case: what is published names units, never a person."""
    return [person.name for person in (case.handler, case.handed_by, case.reported_by) if person]
