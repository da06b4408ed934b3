"""Which week a page shows: the one asked for, else this one."""

from datetime import timedelta

from yige.accounts.shift_rules import week_of
from yige.lib.local_time import local_day
from yige.lib.typed_values import read_day

FARTHEST_DAYS = 400


def week_asked(text, at):
    """Return the week of a day as it stands in an address; nonsense and what is too far off is this week."""
    return week_named(text, at) or week_of(local_day(at))


def week_named(text, at):
    """Return the week of a day, or None for nonsense and what is too far off: what is written goes into no other."""
    today, far = local_day(at), timedelta(days=FARTHEST_DAYS)
    day = read_day(text, first=today - far, last=today + far)
    return week_of(day) if day else None
