"""Case numbers as people read them out: 410106-0001234-5 (district, serial, check digit)."""

import re
import unicodedata

_HYPHENS_AND_SPACES = re.compile(r"[\s\-‐-―−﹘﹣_.·—]+")
_CASE_NUMBER = re.compile(r"(?P<district>[0-9]{6})(?P<serial>[0-9]{7,12})(?P<check>[0-9])", re.ASCII)
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
    typed = _HYPHENS_AND_SPACES.sub("", unicodedata.normalize("NFKC", text))
    found = _CASE_NUMBER.fullmatch(typed)
    if not found or check_digit(typed[:-1]) != found["check"]:
        return None
    if district and found["district"] != district:
        return None
    if found["serial"].startswith("0") and len(found["serial"]) > 7:
        return None
    return int(found["serial"])


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10: catches every wrong digit and nearly all swapped neighbours."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)
