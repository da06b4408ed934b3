"""What of a place strangers may read: a building may be named to all, a home may not, however its door is written.

Pure, and careful on one side: where it is not clear whether a number is a door, it is one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from yige.lib.typed_text import half_width

SOMEBODYS = "某户"


class Home(NamedTuple):
    """The piece of a text that names a home; `building` is what 3-1-501 says of the building before it: 3号楼."""

    start: int
    end: int
    building: str = ""


# Signs that are written in several ways, each with the one that the patterns below know.
_SAME = dict(zip("號樓棟單層戶間壹贰貳叁參肆伍陆陸柒捌玖拾佰零○幺两兩", "号楼栋单层户间一二二三三四五六六七八九十百〇〇一二二", strict=True))  # fmt: skip
_SAME |= dict.fromkeys("‐‑‒–—―﹣−~_/·•.", "-")
_SPOKEN = "[〇一二三四五六七八九十百]"
_NUMBER = rf"(?:(?<![0-9A-Z])[A-Z]{{0,2}}\d{{1,6}}[A-Z]?|(?<!{_SPOKEN}){_SPOKEN}{{1,6}})"
# Of several buildings in a row (3、5号楼) the first ones are short; a longer number before a comma is a door.
_SHORT = rf"(?:(?<![0-9A-Z])[A-Z]{{0,2}}\d{{1,2}}[A-Z]?|(?<!{_SPOKEN}){_SPOKEN}{{1,2}})"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵汪祁毛禹狄米贝明臧计成戴谈宋庞熊纪舒屈项祝"
    "董梁杜阮蓝闵席季麻强贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房干解应丁宣邓单杭洪包左石崔吉龚程嵇邢"
    "裴陆荣翁荀甄曲封芮储靳段富巫焦谷车侯宓蓬全班仰秋仲伊宫宁仇甘厉祖武符刘景詹束龙叶幸司黎白赖卓屠池乔阎闫温庄柴瞿连习容向"
    "古易廖耿匡国文寇欧沃利隆师巩聂敖冷辛简饶曾关查游权盖益桓公缪"
)
_BUILDING = re.compile(
    rf"第?(?:{_SHORT}[-至到、和与及,]第?)*{_NUMBER}(?:号(?:公寓|住宅|家属|宿舍|商住|办公|综合)?楼|号栋|号幢|栋楼?|幢楼?|座|#楼?)"
    r"|[A-Z](?:座|栋|幢|号楼)|[东西南北中](?:楼|栋|座)(?![道梯上下])"
)
# What is counted or numbered in public, so that the number is no door.
_COUNTED = (
    r"(?:米|M(?![A-Z])|公里|千米|厘米|公分|路|街|道|国道|省道|县道|高速|线|个|辆|棵|盏|条|根|处|块|台|天|月|日|年|时|点|分|秒|度"
    r"|厂|医院|中(?![户间])|站|元|平|斤|环|桥|人|位|次|%|KV|千伏|号线|号?公交|号?车位|号?[桩坑井杆灯])"
)
_PUBLIC = re.compile(
    rf"第?{_NUMBER}(?:{_COUNTED}|号大?院|号?小区|号[门口机车库公厕台])|第?(?<!\d)\d{{1,2}}(?:组|队|社|区|期|里|排|家(?![里中门])|小)"
    rf"|(?<=[路街道坊])第?{_NUMBER}号(?!\d)"
)
_PUBLIC_AT_A_BUILDING = re.compile(rf"第?{_NUMBER}{_COUNTED}")
_SIDE = "[东西南北中左右前后甲乙丙丁A-Z]"
_MARKED = (
    rf"第?{_NUMBER}(?:-{_NUMBER})*(?:单元|门洞|室|户|层|楼(?!栋)|房间?|号房|门(?=-?{_NUMBER}))"
    rf"|(?:地下|负){_NUMBER}[层楼]?|{_SIDE}{{1,2}}(?:单元|户|室)"
    rf"|{_NUMBER}(?:-{_NUMBER}){{1,4}}|附{_NUMBER}号?|门牌号?{_NUMBER}号?"
    rf"|(?:(?<=[村组庄队排屯寨沟湾弄巷])|(?<=胡同))第?{_NUMBER}号"
)
_SOMEBODY = (
    r"(?:我们?|俺|咱们?|自己|邻居|业主|住户|租户|房东)家"
    rf"|[{_SURNAMES}][一-鿿]{{0,2}}?(?:大爷|大妈|大娘|奶奶|爷爷|阿姨|叔叔|大叔|大婶|婶子|先生|女士|老太太?|老汉|师傅|老师|大哥|大姐)家?"
    rf"|[{_SURNAMES}](?:某{{1,2}}|[一-鿿]{{1,2}})家(?=[门里楼对旁的附前后窗屋]|$)"
)
_LONG = rf"(?<![0-9A-Z])[A-Z]?\d{{3,}}[A-Z]?(?:号|家)?|(?<!{_SPOKEN})[〇一二三四五六七八九]{{3,}}号?"
_ANY = rf"第?(?<![0-9A-Z])[A-Z]?\d+[A-Z]?号?|第?(?<!{_SPOKEN}){_SPOKEN}{{1,6}}号"
_AT_A_BUILDING = (
    rf"第?(?<![0-9A-Z])[A-Z]?\d+[A-Z]?(?:号|家)?|第?(?<!{_SPOKEN}){_SPOKEN}{{2,6}}号?|第?{_SPOKEN}(?:号|家)"
    rf"|{_SIDE}{{1,2}}(?:门(?!口)|手|边?户|头户|家)|顶[层楼]|底[层楼]|阁楼|跃层"
)
_IN_A_PLACE = re.compile(f"{_MARKED}|{_SOMEBODY}|{_LONG}|{_ANY}")
_IN_WORDS = re.compile(f"{_MARKED}|{_SOMEBODY}|{_LONG}")
_BEHIND_A_BUILDING = re.compile(f"{_MARKED}|{_SOMEBODY}|{_AT_A_BUILDING}")
_FOUR_PARTS = re.compile(rf"(?<![0-9A-Z])(?P<building>{_NUMBER})(?:-{_NUMBER}){{2,4}}")
_CLAUSE = frozenset("。!?;\n")
_LEFT_OVER = re.compile(r"(?:[\s,，、。:：;；\-—－~·.(（\[【/第]|房号|室号|户号|门牌号?|房间号?|单元号)+$")


def public_place(text: str) -> str:
    """Cut a place at the first home in it: 白杨小区三号楼五零一 is 白杨小区三号楼, 白杨小区3-1-501 is 白杨小区3号楼."""
    home = next(homes_in(text, _IN_A_PLACE), None)
    if home is None:
        return text.strip()
    return _LEFT_OVER.sub("", text[: home.start]).strip() + home.building


def hide_homes(text: str) -> str:
    """Put 某户 for every home in running words: 三号楼五零一漏水 is 三号楼某户漏水."""
    pieces, end = [], 0
    for home in homes_in(text, _IN_WORDS):
        between = text[end : home.start]
        # What stands directly behind another piece belongs to the same home: 三单元 五层.
        pieces += [between] if end and not between.strip(" -") else [between, home.building, SOMEBODYS]
        end = home.end
    return "".join([*pieces, text[end:]]).replace(f"{SOMEBODYS}家", SOMEBODYS)


def homes_in(text: str, loose: re.Pattern) -> Iterator[Home]:
    """Find the pieces that name a home, in order; `loose` is what names one where no building stands before."""
    signs, places = _signs(text)
    place, behind_building = 0, False
    while place < len(signs):
        if found := _BUILDING.match(signs, place):
            behind_building = True
        elif not (found := (_PUBLIC_AT_A_BUILDING if behind_building else _PUBLIC).match(signs, place)):
            found = (_BEHIND_A_BUILDING if behind_building else loose).match(signs, place)
            if found:
                yield _home(signs, found, places, behind_building)
        behind_building = behind_building and signs[place] not in _CLAUSE
        place = found.end() if found else place + 1


def _home(signs, found, places, behind_building):
    whole = _FOUR_PARTS.match(signs, found.start())
    building = f"{whole['building']}号楼" if whole and not behind_building else ""
    return Home(places[found.start()], places[found.end() - 1] + 1, building)


def _signs(text):
    """Return the text as the patterns know it, and for each of its signs where it stands in the text."""
    signs, places = [], []
    for place, char in enumerate(text):
        for sign in half_width(char).upper():
            if sign == "\n" or not sign.isspace():
                signs.append(_SAME.get(sign, sign))
                places.append(place)
    return "".join(signs), places
