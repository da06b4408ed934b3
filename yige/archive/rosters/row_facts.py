"""What one row says: cells become a name, a number, a year, a place, or a sentence that says what is wrong. Pure."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from yige.archive.people import sealing
from yige.archive.people.checks import LONGEST, OLDEST
from yige.archive.words import Relation, Sex, TieKind
from yige.lib import addresses, identity, names, typed_text
from yige.lib.crypto import blind_indexes

CHILD = 14  # until the end of the year of this birthday
FIRST_SERIAL, LAST_SERIAL = 3_000, 60_000  # days since 1899-12-30: 1908 to 2064
_FORMULA = re.compile(r"^\s*=|^#(?:REF|N/A|NAME|VALUE|DIV/0|NULL|NUM)[!?]?")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_DATE = re.compile(r"((?:18|19|20)\d\d)(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?)?(?:年|月)?(?: [\d:.]+)?")
_COMPACT = re.compile(r"((?:18|19|20)\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?")
_AGE = re.compile(r"(\d{1,3})(?:岁|周岁)?")
_LETTER = re.compile(r"[^\W\d_]")

# fmt: off
RELATIONS = (
    (Relation.HEAD,        ("户主", "本人", "户主本人", "0", "01", "02")),
    (Relation.SPOUSE,      ("配偶", "妻", "夫", "妻子", "丈夫", "爱人", "老伴", "10", "11", "12")),
    (Relation.GRANDCHILD,  ("孙辈", "孙", "孙子", "孙女", "外孙", "外孙子", "外孙女", "孙子女", "重孙", "曾孙")),
    (Relation.CHILD,       ("子女", "子", "女", "儿子", "女儿", "独生子", "独生女", "长子", "长女", "次子", "次女", "三子", "三女", "养子", "养女", "继子", "继女", "孩子")),
    (Relation.PARENT,      ("父母", "父", "母", "父亲", "母亲", "公公", "婆婆", "岳父", "岳母", "继父", "继母")),
    (Relation.GRANDPARENT, ("祖辈", "祖父", "祖母", "外祖父", "外祖母", "爷爷", "奶奶", "姥爷", "姥姥")),
    (Relation.SIBLING,     ("兄弟姐妹", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹")),
)
# fmt: on
_RELATION = {word: relation for relation, words_ in RELATIONS for word in words_}
_SEX = {"男": Sex.MALE, "女": Sex.FEMALE, "1": Sex.MALE, "2": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
_RENTS = ("租住", "租赁", "租户", "出租", "租房", "承租", "租", "是")


class RowFacts(NamedTuple):
    """One row, read. `about` says that the year was worked out of an age; `fault` that the row cannot come in."""

    number: int
    name: str = ""
    identity: str = ""
    phone: str = ""
    born: int | None = None
    about: bool = False
    sex: str = ""
    relation: str = ""
    head: str = ""
    guardian: str = ""
    address: addresses.Address | None = None
    housing: str = TieKind.LIVES
    grid: str = ""
    fault: str = ""
    child: bool = False

    @property
    def home(self) -> tuple[str, str, str, str] | None:
        """The home as the file names it, for telling which rows live together; None when it is not clear."""
        place = self.address
        return (
            None if place is None or place.doubt else (place.estate, place.building, place.unit, place.room)
        )

    @property
    def household(self) -> str:
        """The head of the household that the row belongs to, "" when the row does not say."""
        return self.head or (self.name if self.relation == Relation.HEAD else "")


class Fault(ValueError):
    """The row cannot come in; the text is the sentence for the sheet of refused rows."""


def read_row(number, cells, year) -> RowFacts:
    """Read the cells of one row ({column: text}); every fault is a sentence in `fault`."""
    try:
        return _read(number, cells, year)
    except Fault as fault:
        return sketch(number, cells, year)._replace(fault=str(fault))


def sketch(number, cells, year) -> RowFacts | None:
    """Read of a row only what tells who lives with whom; whether it can come in is judged later."""
    born, number_said = cells.get("born", ""), cells.get("identity", "")
    try:
        year_born = _born(born, year)[0] if born else None
    except Fault:
        year_born = None
    if year_born is None and number_said:
        day = identity.birthday(identity.normal(number_said))
        year_born = day.year if day else None
    return RowFacts(
        number,
        sealing.normal("name", cells.get("name", "")),
        relation=_relation(cells.get("relation", "")),
        head=sealing.normal("name", cells.get("head", "")),
        guardian=sealing.normal("name", cells.get("guardian", "")),
        address=_address(cells),
        child=year_born is not None and year - year_born <= CHILD,
    )


def _read(number, cells, year):
    for text in cells.values():
        if text and text[0] in "=#" and _FORMULA.match(text):
            raise Fault(f"“{text[:12]}”是公式或公式出的错，不是内容，请粘贴成数值再导入。")
    name = _name(cells.get("name", ""))
    known = _identity(cells.get("identity", ""))
    born, about = _born(cells.get("born", ""), year)
    sex = _SEX.get(typed_text.half_width(cells.get("sex", "")).strip().upper()[:1], "")
    if known:
        born, about, sex = _agreed(known, born, about, sex)
    _check_born(born, year)
    child = born is not None and year - born <= CHILD
    return RowFacts(
        number,
        name,
        known,
        "" if child else _phone(cells.get("phone", "")),
        born,
        about,
        sex,
        _relation(cells.get("relation", "")),
        sealing.normal("name", cells.get("head", "")),
        sealing.normal("name", cells.get("guardian", "")),
        _address(cells),
        TieKind.RENTS if cells.get("housing", "").strip() in _RENTS else TieKind.LIVES,
        typed_text.half_width(cells.get("grid", "")).strip(),
        "",
        child,
    )


def _name(text):
    name = sealing.normal("name", typed_text.clean_line(text))
    if not name:
        raise Fault("没有姓名。")
    longest, _ = LONGEST["name"]
    if len(name) > longest:
        raise Fault(f"姓名最多 {longest} 个字。")
    if not _LETTER.search(name) or any(sign.isdigit() for sign in name):
        raise Fault("“姓名”这一格不像姓名，请核对列有没有错开。")
    return name


def _identity(text):
    number = identity.normal(text) if text else ""
    if not number:
        return ""
    if _SCIENTIFIC.fullmatch(number) or (
        len(number) == 18 and number.endswith("000") and identity.fault(number)
    ):
        raise Fault("身份号码被表格软件当成了数字，后几位已经丢了，请把这一列设为文本后重新填写。")
    if fault := identity.fault(number):
        raise Fault(fault)
    return number


def _phone(text):
    text = typed_text.half_width(text).strip()
    if not text:
        return ""
    if _SCIENTIFIC.fullmatch(text):
        raise Fault("电话被表格软件当成了数字，请把这一列设为文本后重新填写。")
    number = sealing.normal("phone", text)
    if len(number) > 13:
        raise Fault("“电话”这一格里好像有两个号码，请只留一个。")
    if not 7 <= len(number) <= 13:
        raise Fault("电话应是 7 到 13 位数字，请核对。")
    return number


def _born(text, year):
    """Return the birth year and whether it was worked out of an age; a date that became a number is a date again."""
    text = typed_text.half_width(text).strip()
    if not text:
        return None, False
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(found[1]), False
    if found := _AGE.fullmatch(text):
        return year - int(found[1]), True
    if text.isdecimal() and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return _year_of_serial(int(text)), False
    raise Fault(f"“{text[:12]}”看不出是哪一年出生，请写成 1958 或 1958-05-01。")


def _year_of_serial(days):
    return (date(1899, 12, 30) + timedelta(days=days)).year


def _check_born(born, year):
    if born is not None and not year - OLDEST <= born <= year:
        raise Fault(f"出生年应在 {year - OLDEST} 到 {year} 之间，请核对。")


def _agreed(number, born, about, sex):
    """Take year and sex from the number; a roster that says otherwise is wrong in one of both."""
    year, own = identity.birthday(number).year, Sex.MALE if identity.is_male(number) else Sex.FEMALE
    if born is not None and abs(born - year) > about:
        raise Fault(f"身份号码里的出生年是 {year}，名册写的是 {born}，请核对。")
    if sex and sex != own:
        raise Fault("身份号码和性别对不上，请核对。")
    return year, False, own


def _relation(text):
    text = typed_text.half_width(text).strip()
    return _RELATION.get(text, Relation.OTHER) if text else ""


def _address(cells):
    """Return the place: from one column, or from columns of its own; None when the row names none."""
    whole = cells.get("address", "")
    parts = [cells.get(name, "") for name in ("estate", "building", "unit", "room")]
    if any(parts) and not whole:
        return addresses.of_parts(*parts)
    return addresses.parse(whole) if whole.strip() else None


class Marks(NamedTuple):
    """The keyed hashes of what a row says, under every key; the first of each is the current one."""

    name: list
    sound: list
    phone: list
    identity: list


def marks(said) -> Marks:
    """Hash what a row says, once, for finding and for writing."""
    sound = f"{names.sound(said.name)}|{said.born}" if said.born and not said.about else ""
    return Marks(  # these texts are normal already: see `sealing.normal`
        blind_indexes(f"name:{said.name}"),
        blind_indexes(f"sound:{sound}") if sound else [],
        blind_indexes(f"phone:{said.phone}") if said.phone else [],
        blind_indexes(f"identity:{said.identity}") if said.identity else [],
    )
