"""What of a name, a number or a free text may be seen by those who need not know it all."""

import re

_DIGIT = r"[0-9０-９]"
_GAP = r"[ 　\-－—.·]{0,3}"
_SPOKEN = r"[零〇一二三四五六七八九幺两]"
_CASE_NUMBER = r"(?P<case>(?<!\d)\d{6}-\d{7,12}-\d(?!\d))"
_DATE = r"(?P<date>(?<!\d)(?:19|20)\d\d[-./年]?(?:0?[1-9]|1[0-2])[-./月]?(?:[0-2]?\d|3[01])日?(?!\d))"
_EMAIL = r"(?P<email>[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4})"
_ACCOUNT = r"(?P<account>(?:微信号?|[Ww]e[Cc]hat|[Vv][Xx]|QQ号?|qq号?)[是为]?[ :：]{0,3}[A-Za-z0-9_-]{5,20})"
_IDENTITY = rf"(?P<identity>(?<!\d){_DIGIT}(?:{_GAP}{_DIGIT}){{13,17}}{_GAP}[0-9０-９XxＸｘ](?!\d))"
_MOBILE = rf"(?P<mobile>(?<!\d)[1１]{_GAP}[3-9３-９](?:{_GAP}{_DIGIT}){{9}}(?!\d))"
_LANDLINE = rf"(?P<landline>(?<!\d)[0０]{_DIGIT}{{2,3}}(?:{_GAP}{_DIGIT}){{7,8}}(?!\d))"
_LONG_NUMBER = rf"(?P<number>{_DIGIT}{{7,}}[XxＸｘ]?)"
_SPOKEN_NUMBER = rf"(?P<spoken>{_SPOKEN}{{7,}})"
_PLATE = (
    r"(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z]"
    r"[ ·.]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警](?![A-Za-z0-9]))"
)
_PERSONAL = re.compile(
    "|".join(
        (
            _CASE_NUMBER,
            _EMAIL,
            _ACCOUNT,
            _PLATE,
            _IDENTITY,
            _MOBILE,
            _LANDLINE,
            _DATE,
            _LONG_NUMBER,
            _SPOKEN_NUMBER,
        )
    )
)
_OPEN = {"case", "date"}


def name(text: str) -> str:
    """王小英 becomes 王*英, 王英 becomes 王*."""
    text = text.strip()
    if len(text) <= 2:
        return text[:1] + "*" if len(text) == 2 else "*" * len(text)
    return text[0] + "*" * (len(text) - 2) + text[-1]


def phone(text: str) -> str:
    """13812345678 becomes 138****5678; a landline keeps its area code and last two digits."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) == 11 and digits[0] == "1":
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 10 and digits[0] == "0":
        area = digits[: 3 if digits[1] in "12" else 4]
        return f"{area}-{'*' * (len(digits) - len(area) - 2)}{digits[-2:]}"
    return "*" * max(len(digits) - 2, 0) + digits[-2:] if len(digits) > 4 else "*" * len(digits)


def identity_number(text: str) -> str:
    """Keep the division and the last four: 410106********0017."""
    text = text.strip()
    return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}" if len(text) >= 14 else "*" * len(text)


def free_text(text: str) -> str:
    """Hide what looks like a number, account or plate of a person; dates and case numbers stay."""
    return _PERSONAL.sub(_hide, text)


def _hide(found: re.Match) -> str:
    whole = found.group()
    if found.lastgroup in _OPEN:
        return whole
    if found.lastgroup == "email":
        return f"{whole[0]}***@***"
    if found.lastgroup == "plate":
        return f"{whole[:2]}***{whole[-1]}"
    keep = 3 if found.lastgroup in ("mobile", "identity") else 2
    return f"{whole[:keep]}****"
