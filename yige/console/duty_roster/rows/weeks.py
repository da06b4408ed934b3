"""Which week a page shows: the one asked for, else this one."""

from datetime import date

from yige.accounts.shift_rules import week_of
from yige.lib.local_time import local_day

FARTHEST_DAYS = 400


def week_asked(text, at):
    """Return the week of a day as it stands in an address; nonsense and what is too far off is this week."""
    return week_named(text, at) or week_of(local_day(at))


def week_named(text, at):
    """Return the week of a day, or None for nonsense and what is too far off: what is written goes into no other."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return week_of(day) if abs((day - local_day(at)).days) <= FARTHEST_DAYS else None
