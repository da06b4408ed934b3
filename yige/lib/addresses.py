"""What a Chinese address says of itself: estate, building, unit, floor, room; what can be read in two ways is a doubt.

Nothing is guessed. A part that is not written stays empty, and `doubt` says in a sentence why somebody has to look.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from yige.lib.typed_text import half_width

NO_ESTATE = "地址里没有小区或道路的名字。"
NO_BUILDING = "地址里没有写到哪栋楼、哪个院。"
NO_ROOM = "地址没有写到哪一户。"
BARE_NUMBERS = "地址只有“{}”几个数字，看不出哪个是楼、哪个是单元、哪个是户。"
FLOOR_OR_BUILDING = "“{}楼”可能是 {} 号楼，也可能是第 {} 层。"
NOT_READ = "地址里的“{}”读不懂。"
TWO_FLOORS = "地址里的层和房号对不上：{} 层，{} 室。"
EMPTY = "没有写地址。"


class Address(NamedTuple):
    """铝城家园3栋2单元501室 is ("铝城家园", "3号楼", "2", 5, "501", "")."""

    estate: str = ""
    building: str = ""
    unit: str = ""
    floor: int | None = None
    room: str = ""
    doubt: str = ""


_DIGITS = {**{sign: value for value, sign in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
_NUMERAL = "[零〇一二两三四五六七八九十百]"
_MARKED = re.compile(rf"第?({_NUMERAL}{{1,5}})(?=号楼|号院|号|栋|幢|座|#|单元|层|楼|室|户|组|门(?!面))")
_DASHES = re.compile(r"[-‐‑‒–—―﹣−~_/]+")
_TRAILING = re.compile(r"(?:\([^()]*\)|[,，。;；、])+$")
_AREA = r"[^\d#-]{1,9}?"
_DISTRICT = r"[^\d#-]{1,8}?(?<![小社园新东西南北中大老A-Z])[区县旗]"
_PREFIXES = (
    re.compile(rf"^{_AREA}(?:省|自治区)"),
    re.compile(rf"^{_AREA}(?:自治州|市)(?={_DISTRICT}|{_AREA}街道|{_AREA}镇)"),
    re.compile(rf"^{_DISTRICT}(?=.*(?:街道|办事处|镇|乡|社区|路|街|巷))"),
    re.compile(rf"^{_AREA}(?:街道办事处|街道|办事处|镇|乡(?!\d))(?=[^\d#-])"),
    re.compile(rf"^{_AREA}(?:社区居委会|社区|居委会|村委会)(?=[^\d#-])"),
    re.compile(r"^(?:第?\d{1,3}|[^\d#-]{1,8}?)(?:号)?(?:微网格|网格)"),
)
_DISTRICT_OF_A_CITY = re.compile(rf"^{_DISTRICT}(?=[^\d#-])")
_IN_A_VILLAGE = re.compile(r"(?:[村庄屯寨沟湾]|\d组)$")
WHOLE_COURTYARD = "整院"
_BUILDING = re.compile(
    r"第?(?P<number>[A-Z]?\d{1,4}[A-Z]?|[A-Z])(?:号楼|号栋|号幢|栋楼?|幢楼?|座|#楼?)"
    r"|(?P<named>(?:[东西南北中前后新老]|家属|宿舍|办公|综合|商住|公寓)楼)"
)
_COURTYARD = re.compile(r"第?(?P<number>[A-Z]?\d{1,4}(?:附\d{1,3})?)(?:号大院|号院|号(?!楼|栋|幢))")
_UNIT = re.compile(r"^-?第?(?P<unit>[A-Z]?\d{1,2}|[A-Z]|[甲乙丙丁东西中南北])(?:单元|门洞|号门|门(?!面|户))")
_FLOOR = re.compile(r"^-?第?(?P<floor>地下\d|负\d|\d{1,2})(?:层|楼)(?!-?\d{1,2}单元)")
_ROOM = re.compile(r"^-?第?(?P<room>[A-Z]?\d{1,5}[A-Z]?)(?:室|号房|号|房|户)?$")
_DOOR = re.compile(r"^-?(?P<door>[东西中南北左右]{1,2}|[甲乙丙丁])(?:户|门|手|室)$")
_PAIR = re.compile(r"^-?(?P<unit>[A-Z]?\d{1,2}|[A-Z])-(?P<room>[A-Z]?\d{3,5}[A-Z]?)(?:室|号|房|户)?$")
_THREE = re.compile(r"^(?P<estate>.*?[^\d-])-?(?P<building>\d{1,3})-(?P<unit>\d{1,2})-(?P<room>\d{3,5}[A-Z]?)(?:室|号|户)?$")  # fmt: skip
_NUMBERS = re.compile(r"^(?P<estate>.*?)(?P<numbers>\d+[A-Z]?(?:-\d+[A-Z]?)*)(?:室|户)?$")
_LOOSE_FLOOR = re.compile(r"^(?P<estate>.*?\D)(?P<number>\d{1,2})楼(?=-?\d{1,2}(?:单元|门)|-?\d{3,4}|$)")


@lru_cache(maxsize=4096)
def parse(text) -> Address:
    """Read an address; whatever is not clear is said in `doubt`, and only what is clear is filled in."""
    plain = normal(text)
    if not plain:
        return Address(doubt=EMPTY)
    plain = _without_area(plain)
    if found := _THREE.match(plain):
        return _whole(found["estate"], building_name(found["building"]), found["unit"], None, found["room"])
    for pattern in (_BUILDING, _COURTYARD):
        found = _last(pattern, plain)
        if found:
            break
    else:
        return _without_building(plain)
    name = found["number"] or found.groupdict().get("named")
    if pattern is _BUILDING:
        name = building_name(name)
    else:
        name = f"{name}号院" if "院" in found[0] else f"{name}号"
    return _inside(plain[: found.start()].strip("-"), name, plain[found.end() :])


def of_parts(estate, building, unit, room) -> Address:
    """Read an address whose parts stand in columns of their own; a bare number is what its column says."""
    estate, building = _without_area(normal(estate)), normal(building)
    if building and (found := _BUILDING.fullmatch(building)):
        building = building_name(found["number"] or found["named"])
    elif building:
        building = building_name(building)
    unit = normal(unit).removeprefix("第")
    unit = re.sub(r"(单元|号门|门洞|门)$", "", unit)
    return _inside(estate, building, (f"{unit}单元" if unit else "") + normal(room))


def normal(text) -> str:
    """Half width, capitals, no spaces, one kind of dash, digits where numerals stand before a mark."""
    plain = "".join(half_width(text or "").split()).upper()
    plain = _TRAILING.sub("", _DASHES.sub("-", plain).replace("号楼楼", "号楼")).strip("-")
    return digits_before_marks(plain)


def digits_before_marks(plain) -> str:
    """Write numerals as digits where 号, 单元, 楼 and the like stand behind them; without spaces."""
    return _MARKED.sub(lambda found: str(_number(found[1])), plain)


def building_name(number) -> str:
    """3, 3栋 and 3# are all 3号楼; a name that is no number stays."""
    plain = re.sub(r"(?:号楼|号栋|号幢|栋|幢|座|#楼?)$", "", normal(number)) or normal(number)
    plain = str(int(plain)) if plain.isascii() and plain.isdecimal() else plain
    return f"{plain}号楼" if re.fullmatch(r"[A-Z]?\d{1,4}[A-Z]?|[A-Z]", plain) else plain


def key(estate, building) -> tuple[str, str]:
    """How a building is compared: 铝城家园 3栋 and 铝城家园3号楼 are one."""
    return _without_area(normal(estate)), building_name(building)


def _number(text):
    """二十三 is 23, 一百零二 is 102, 五〇一 is 501."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def _without_area(plain):
    """Drop province, city, district, street, community and grid before the place itself."""
    in_a_city = False
    for place, pattern in enumerate(_PREFIXES):
        found = (_DISTRICT_OF_A_CITY if in_a_city and place == 2 else pattern).match(
            plain
        )  # 郑州市上街区丰和里
        rest = plain[found.end() :] if found else ""
        # A name that is all there is before a number is the estate, not the community it lies in.
        if found and rest and not (place >= 3 and re.match(r"[\d#-]", rest)):
            plain, in_a_city = rest, place == 1
    return plain


def _last(pattern, plain):
    """The last mark counts: in 12号院5号楼 the building is 5号楼 and 12号院 belongs to the estate."""
    found = list(pattern.finditer(plain))
    # A number before 号 at the very end after a unit is a room, not a courtyard.
    if pattern is _COURTYARD:
        found = [
            each for each in found if not re.search(r"(?:单元|门|层|楼|院)-?$", plain[: each.start()])
        ] or found
        return found[0] if found else None
    return found[-1] if found else None


def _without_building(plain):
    if found := _LOOSE_FLOOR.match(plain):
        number = found["number"]
        return Address(found["estate"].strip("-"), doubt=FLOOR_OR_BUILDING.format(number, number, number))
    if found := _NUMBERS.match(plain):
        return Address(found["estate"].strip("-"), doubt=BARE_NUMBERS.format(found["numbers"]))
    return Address(plain, doubt=NO_BUILDING)


def _inside(estate, building, rest):
    """Read what stands behind the building: unit, floor, room."""
    unit, floor, room = "", None, ""
    if found := _PAIR.match(rest):
        return _whole(estate, building, found["unit"], None, found["room"])
    if found := _UNIT.match(rest):
        unit, rest = found["unit"], rest[found.end() :]
    if found := _FLOOR.match(rest):
        floor, rest = _floor(found["floor"]), rest[found.end() :]
    if found := _ROOM.match(rest):
        room, rest = found["room"], ""
    elif found := _DOOR.match(rest):
        room, rest = f"{found['door']}户", ""
    if rest.strip("-"):
        return Address(estate, building, unit, floor, doubt=NOT_READ.format(rest.strip("-")[:20]))
    return _whole(estate, building, unit, floor, room)


def _whole(estate, building, unit, floor, room):
    unit, room = unit_name(unit), room_name(room)
    if not room and _IN_A_VILLAGE.search(estate) and building.endswith("号"):
        room = WHOLE_COURTYARD  # 李家庄村2组45号 is one home
    named = floor_of(room)
    doubt = ""
    if floor is not None and named is not None and named != floor:
        doubt = TWO_FLOORS.format(floor, room)
    elif not estate:
        doubt = NO_ESTATE
    elif not building:
        doubt = NO_BUILDING
    elif not room:
        doubt = NO_ROOM
    if floor is not None and room and named is None:
        room = f"{floor}楼{room}" if room.endswith("户") else f"{floor}楼{room}号"
    return Address(estate, building, unit, named if floor is None else floor, room, doubt)


def _floor(text):
    return -int(text[-1]) if text[0] in "地负" else int(text)


def unit_name(text, entrances=None) -> str:
    """A unit as it is compared: 第02单元 is 2; in a building with one entrance 1单元 says nothing."""
    plain = "".join(half_width(text or "").split()).upper().removesuffix("单元").removeprefix("第")
    plain = str(int(plain)) if plain.isascii() and plain.isdecimal() else plain
    return "" if entrances == 1 and plain == "1" else plain


def room_name(text) -> str:
    """A room as it is compared: half width, capitals, no 室 behind and no zeros before: 0102室 is 102."""
    plain = "".join(half_width(text or "").split()).upper().removesuffix("室")
    return re.sub(r"^0+(?=\d{3,}[A-Z]?$)", "", plain)


def floor_of(room) -> int | None:
    """501 lies on floor 5, 1203 on floor 12; None when the room names none."""
    digits = re.fullmatch(r"[A-Z]?(\d{3,4})[A-Z]?", room)
    return int(digits[1][:-2]) or None if digits else None
