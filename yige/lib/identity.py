"""National numbers with check digits: the citizen's identity number (GB 11643) and the unified credit code (GB 32100)."""

import re
from datetime import date

from yige.lib.typed_text import half_width

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_FIFTEEN = re.compile(r"[0-9]{15}", re.ASCII)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EARLIEST = 1880
_RUN = "1234567890" * 3
_COUNTED = frozenset(run[:length] for run in (_RUN, _RUN[::-1][1:], f"0{_RUN}") for length in range(6, 21))


def check_sign(first: str) -> str:
    """The 18th sign of an identity number: weights 7 9 10 5 8 4 2 …, modulo 11."""
    return _SIGNS[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def with_18_digits(number: str) -> str:
    """A number of 15 digits as 18: 19 before the year, the check sign behind."""
    first = f"{number[:6]}19{number[6:]}"
    return first + check_sign(first)


def fault(text: str) -> str:
    """Say in a sentence what is wrong with an identity number; "" when nothing is."""
    number = "".join(half_width(text).split()).upper()
    if is_placeholder(number):
        return "这是占位用的数字，不是身份号码，请核对。"
    if _FIFTEEN.fullmatch(number):
        number = with_18_digits(number)
    if not _EIGHTEEN.fullmatch(number):
        return "身份号码应是 18 位（老号码 15 位），请核对。"
    if birthday(number) is None:
        return "身份号码里的出生日期不对，请核对。"
    if check_sign(number[:17]) != number[17]:
        return "身份号码的校验码不对，可能有一位写错了，请核对。"
    return ""


def is_placeholder(number: str) -> bool:
    """One digit all along, or digits that count up or down: what people type to fill a cell."""
    return len(number) > 1 and number.isdecimal() and (len(set(number)) == 1 or number in _COUNTED)


def normal(text: str) -> str:
    """Half width, capitals, without spaces; an old number as its 18 digits."""
    number = "".join(half_width(text).split()).upper()
    return with_18_digits(number) if _FIFTEEN.fullmatch(number) else number


def birthday(number: str) -> date | None:
    """The date in an identity number of 18 signs; None when there is no such day."""
    try:
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return day if day.year >= _EARLIEST else None


def is_male(number: str) -> bool:
    return int(number[16]) % 2 == 1


def credit_code_fault(text: str) -> str:
    """Say in a sentence what is wrong with a unified social credit code; "" when nothing is."""
    code = "".join(half_width(text).split()).upper()
    if len(code) != 18 or any(sign not in _CREDIT for sign in code):
        return "统一社会信用代码应是 18 位数字和大写字母（没有 I、O、Z、S、V）。"
    total = sum(_CREDIT.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return "" if code[17] == _CREDIT[(31 - total) % 31] else "统一社会信用代码的校验位不对，请核对。"
