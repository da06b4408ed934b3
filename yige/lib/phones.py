"""A telephone number as it is compared: digits alone, without the country, whoever wrote it down."""

from yige.lib.identity import is_placeholder
from yige.lib.typed_text import half_width

_MOBILE = 11  # digits, the first of them 1
_LOCAL = (7, 8)  # digits of a landline whose area is not written
_LONGEST = 12  # an area of four digits and eight of its own


def phone_digits(text: str) -> str:
    """Write +86 199 0001 2345, 0199 0001 2345 and １９９-0001-2345 alike: 19900012345; 0371-6888 1234 keeps its 0."""
    plain = half_width(text)
    digits = "".join(sign for sign in plain if sign.isascii() and sign.isdigit())
    if abroad := _country(plain, digits):
        rest = digits[abroad:]
        digits = rest if rest[:1] in ("0", "1") and rest[:2] != "10" else f"0{rest}"
    return digits[1:] if len(digits) == _MOBILE + 1 and digits[:2] == "01" else digits


def is_phone(text: str) -> bool:
    """Say whether this reads as a whole number of somebody: a mobile, or a landline with its area."""
    plain = half_width(text).strip()
    if set(plain) - set("+0123456789 -()"):
        return False
    digits = phone_digits(plain)
    mobile = len(digits) == _MOBILE and digits[0] == "1" and digits[1] not in "012"
    return mobile or (digits[:1] == "0" and len(digits) in (10, 11, 12))


def phone_fault(text: str) -> str:
    """Say in a sentence why this is nobody's number; "" for a mobile, a landline with or without its area, and 400."""
    digits = phone_digits(text)
    local = (digits[3:], digits[4:]) if digits[:1] == "0" else ()
    if any(is_placeholder(part) for part in (digits, *local) if len(part) >= _LOCAL[0]):
        return "这是占位用的数字，不是电话，请核对。"
    if len(digits) > _LONGEST:
        return "这一格里好像有两个号码，请只留一个。"
    if len(digits) == _MOBILE and digits[0] not in "01":
        return "这个号码像是座机少了前面的 0，请补上，或核对。"
    if digits[:1] == "1" and len(digits) in (9, 10, 12):
        return f"手机号是 {_MOBILE} 位，这里有 {len(digits)} 位，请核对。"
    if len(digits) == _MOBILE and digits[0] == "1" and digits[1] in "012":
        return "手机号没有以 10、11、12 开头的，请核对。"
    whole = (
        len(digits) in (*_LOCAL, _MOBILE)
        or (digits[:1] == "0" and len(digits) in (10, 12))
        or digits[:3] == "400"
    )
    return "" if whole else "电话应是 11 位手机号，或带区号的座机，请核对。"


def _country(plain, digits):
    """Return how many digits before the number name the country."""
    if digits.startswith("0086"):
        return 4
    signed = plain.strip().startswith("+") or len(digits) == _MOBILE + 2
    return 2 if signed and digits.startswith("86") else 0
