"""What an address or a form says where an id, a number, a day, a point or an address should stand: one reader for each.

None of them fails: what is not understood is None (an empty address), and the caller decides between a sentence and a
404. A day far off is none either: after the last day of time there is no next one.
"""

import uuid
from datetime import date
from urllib.parse import SplitResult, urlsplit

from yige.lib.coordinates import Point, is_point

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST = 2_147_483_647  # what a whole number of the database holds
_LONGEST_ID = 64


def read_id(typed: str | None) -> uuid.UUID | None:
    """Return the id that a text says."""
    if not typed or len(typed) > _LONGEST_ID:
        return None
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


def read_number(typed: str | None, *, least: int = 0, most: int = LARGEST) -> int | None:
    """Return the whole number that plain digits say, where it lies between these two."""
    if not typed or len(typed) > len(str(most)) or not (typed.isascii() and typed.isdecimal()):
        return None
    number = int(typed)
    return number if least <= number <= most else None


def read_day(typed: str | None, *, first: date = FIRST_DAY, last: date = LAST_DAY) -> date | None:
    """Return the day that is written as 2026-11-22, where it lies between these two."""
    try:
        day = date.fromisoformat(typed or "")
    except ValueError:
        return None
    return day if first <= day <= last and day.isoformat() == typed else None


def read_point(lon: float | None, lat: float | None) -> Point | None:
    """Return the point that two numbers say together; half a pair is none, nor is what lies off the earth."""
    if lon is None or lat is None or not is_point(lon, lat):
        return None
    return lon, lat


def read_address(typed: str | None) -> SplitResult:
    """Return the parts of an address as a browser names it; all are empty where it is none."""
    try:
        return urlsplit(typed or "")
    except ValueError:  # "http://[::1" begins like one
        return urlsplit("")
