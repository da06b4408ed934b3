"""Case numbers as people read them out: 410106-0001234-5 (district, serial, check digit)."""

import re
import unicodedata

_HYPHENS_AND_SPACES = re.compile(r"[\s\-‐-―−﹘﹣_.·—]+")
_CASE_NUMBER = re.compile(r"(?P<district>[0-9]{6})(?P<serial>[0-9]{7,12})(?P<check>[0-9])", re.ASCII)
_SAID_BEFORE = re.compile(r"^(?:事项|案件|受理)?(?:编号|单号|号码|NO)[是为]?[:：.]*", re.IGNORECASE)
_SAID_AFTER = "。,，;；!！?？、"
_TAIL = re.compile(r"[0-9]{4,13}", re.ASCII)
_LONGEST_TYPED = 64


def case_number(district: str, serial: int) -> str:
    """Write the number shown to people, for instance ``410106-0001234-5``."""
    if not re.fullmatch(r"[0-9]{6}", district, re.ASCII) or serial < 0:
        raise ValueError("a case number needs a six-digit district code and a serial from 0 on")
    return f"{district}-{serial:07d}-{check_digit(f'{district}{serial:07d}')}"


def parse(text: str, district: str | None = None) -> int | None:
    """Read a typed case number; None when it is none, of another district, or mistyped."""
    if not text or len(text) > _LONGEST_TYPED:
        return None
    typed = digits_of(text)
    found = _CASE_NUMBER.fullmatch(typed)
    if not found or check_digit(typed[:-1]) != found["check"]:
        return None
    if district and found["district"] != district:
        return None
    if found["serial"].startswith("0") and len(found["serial"]) > 7:
        return None
    return int(found["serial"])


def digits_of(text: str) -> str:
    """What is left of a typed number without 编号 before it, a full stop behind it, hyphens and spaces."""
    plain = unicodedata.normalize("NFKC", text).strip().rstrip(_SAID_AFTER)
    return _HYPHENS_AND_SPACES.sub("", _SAID_BEFORE.sub("", plain))


def is_tail(text: str) -> bool:
    """Say whether this can be the last digits of a number, as somebody reads them from a slip: four or more."""
    return len(text) <= _LONGEST_TYPED and bool(_TAIL.fullmatch(digits_of(text)))


def ends_with(district: str, serial: int, text: str) -> bool:
    """Say whether the number of this serial ends with the typed digits."""
    return _HYPHENS_AND_SPACES.sub("", case_number(district, serial)).endswith(digits_of(text))


def serials_like(district: str, text: str) -> tuple[int, int]:
    """Return (modulus, rest) that the serial of every number with these last digits has; the check digit is left."""
    digits = digits_of(text)[:-1]
    cut = max(len(digits) - 7, 0)
    if cut and district.endswith(digits[:cut]):
        digits = digits[cut:]
    return 10 ** len(digits), int(digits)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: catches every wrong digit and nearly all swapped neighbours."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)
