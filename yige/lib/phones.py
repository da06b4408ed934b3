"""A telephone number as it is compared: digits alone, without the country, whoever wrote it down."""

from yige.lib.typed_text import half_width

_MOBILE = 11  # digits, the first of them 1


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


def _country(plain, digits):
    """Return how many digits before the number name the country."""
    if digits.startswith("0086"):
        return 4
    signed = plain.strip().startswith("+") or len(digits) == _MOBILE + 2
    return 2 if signed and digits.startswith("86") else 0
