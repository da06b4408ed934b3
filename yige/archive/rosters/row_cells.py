"""What one cell of a roster says; what it does not say is a sentence. Pure.

A `Fault` keeps the row out; a cell that may be empty stays out alone, and `left` gets a sentence about it.
"""

import re
from datetime import date, timedelta

from yige.archive.people import sealing
from yige.archive.people.checks import LONGEST, OLDEST, name_fault
from yige.archive.rosters.relations import relation_of
from yige.archive.words import Relation, Sex, TieKind
from yige.lib import identity, typed_text
from yige.lib.fillers import says_nothing
from yige.lib.phones import phone_fault

ROUNDED_PHONE = "电话被表格软件当成了数字，请把这一列设为文本后重新填写。"
FIRST_SERIAL, LAST_SERIAL = 3_000, 60_000  # days since 1899-12-30: 1908 to 2064
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_DATE = re.compile(r"((?:18|19|20)\d\d)(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?)?(?:年|月)?(?: [\d:.]+)?")
_COMPACT = re.compile(r"((?:18|19|20)\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])?")
_AGE = re.compile(r"(\d{1,3})(?:岁|周岁)")
_SHORT_YEAR = re.compile(r"(\d\d)年?")
_LETTER = re.compile(r"[^\W\d_]")

_SEX = {"男": Sex.MALE, "女": Sex.FEMALE, "1": Sex.MALE, "2": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE}
_BRACKET = re.compile(r"\((.*?)\)")
_TWO_PEOPLE = re.compile(r"[、,;/&]|(?<=\w\w) +(?=\w\w)")
_LIVES = (
    "自住",
    "自有",
    "自有住房",
    "产权房",
    "住户",
    "本人",
    "业主",
    "商品房",
    "公租房",
    "借住",
    "否",
    "常住",
)
_MAY_BE_EMPTY = ("identity", "phone", "born", "sex", "relation", "head", "guardian", "housing", "grid", "unit", "remark")  # fmt: skip
_RENTS = ("租住", "租赁", "租户", "出租", "租房", "承租", "租", "是")


class Fault(ValueError):
    """The row cannot come in; the text is the sentence for the sheet of refused rows."""


def without_fillers(cells) -> dict[str, str]:
    """Empty the cells that say in words that they are empty: 无, 不详, /."""
    return {name: "" if _is_empty(name, text) else text for name, text in cells.items()}


def _is_empty(name, text):
    is_head = (name, text) == ("relation", "0")
    return name in _MAY_BE_EMPTY and says_nothing(text) and not is_head


def name_of(text) -> tuple[str, str]:
    """Return the name, and what stands in brackets behind it."""
    name, beside = bare_name(text)
    if not name:
        raise Fault("没有姓名。")
    longest, _ = LONGEST["name"]
    if len(name) > longest:
        raise Fault(f"姓名最多 {longest} 个字。")
    if not _LETTER.search(name) or any(sign.isdigit() for sign in name):
        raise Fault("“姓名”这一格不像姓名，请核对列有没有错开。")
    if fault := name_fault(name):
        raise Fault(fault)
    return name, beside


def names_two(text) -> bool:
    """Say whether two people stand in the cell of one name."""
    parts = _TWO_PEOPLE.split(_without_bracket(text))
    return len(parts) > 1 and all(len(part.strip()) > 1 for part in parts[:2])


def bare_name(text) -> tuple[str, str]:
    beside = " ".join(_BRACKET.findall(typed_text.half_width(text)))
    return sealing.normal("name", _without_bracket(text)), beside


def _without_bracket(text):
    return _BRACKET.sub("", typed_text.half_width(typed_text.clean_line(text))).strip()


def identity_of(text) -> str:
    number = identity.normal(text)
    if not number:
        return ""
    rounded = len(number) == 18 and number.endswith("000") and not identity.is_placeholder(number)
    if _SCIENTIFIC.fullmatch(number) or (rounded and identity.fault(number)):
        raise Fault("身份号码被表格软件当成了数字，后几位已经丢了，请把这一列设为文本后重新填写。")
    if fault := identity.fault(text):
        raise Fault(fault)
    return number


def phone_of(text, left) -> str:
    """Return the digits of a number; what is none stays out and is said."""
    text = typed_text.half_width(text).strip()
    if not text:
        return ""
    if fault := ROUNDED_PHONE if _SCIENTIFIC.fullmatch(text) else phone_fault(text):
        left.append(f"电话没有带入：{fault}")
        return ""
    return sealing.normal("phone", text)


def sex_of(text, left) -> str:
    text = typed_text.half_width(text).strip().upper()
    if text and text[:1] not in _SEX:
        left.append(f"性别“{text[:6]}”看不懂，没有带入。")
    return _SEX.get(text[:1], "")


def housing_of(text, left) -> str:
    text = typed_text.half_width(text).strip()
    if text and text not in _RENTS and text not in _LIVES:
        left.append(f"住所类型“{text[:10]}”看不懂，按自住记。")
    return TieKind.RENTS if text in _RENTS else TieKind.LIVES


def relation_word(text, left) -> str:
    found = relation_of(text)
    if text and found is None:
        left.append(f"和户主的关系“{text[:10]}”看不懂，按其他记。")
        return Relation.OTHER
    return found or ""


def born_of(text, year) -> tuple[int | None, bool]:
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
    if found := _SHORT_YEAR.fullmatch(text):
        return _whole_year(int(found[1]), year), False
    raise Fault(f"“{text[:12]}”看不出是哪一年出生，请写成 1958 或 1958-05-01。")


def _whole_year(short, year):
    """Return the one year that two digits can mean; 05 may be 1905 or 2005 while somebody of that age may live."""
    possible = [century + short for century in (1900, 2000) if year - OLDEST <= century + short <= year]
    if len(possible) != 1:
        raise Fault(f"“{short:02d}”看不出是哪一年出生，请写成四位数。")
    return possible[0]


def _year_of_serial(days):
    return (date(1899, 12, 30) + timedelta(days=days)).year


def check_born(born, year) -> None:
    if born is not None and not year - OLDEST <= born <= year:
        raise Fault(f"出生年应在 {year - OLDEST} 到 {year} 之间，请核对。")


def check_agreement(number, born, about, sex) -> tuple[int, bool, str]:
    """Take year and sex from the number; a roster that says otherwise is wrong in one of both."""
    year, own = identity.birthday(number).year, Sex.MALE if identity.is_male(number) else Sex.FEMALE
    if born is not None and abs(born - year) > about:
        raise Fault(f"身份号码里的出生年是 {year}，名册写的是 {born}，请核对。")
    if sex and sex != own:
        raise Fault("身份号码和性别对不上，请核对。")
    return year, False, own
