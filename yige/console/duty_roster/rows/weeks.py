"""Which week a page shows: the one asked for, else this one."""

from datetime import date

from yige.accounts.shift_rules import week_of
from yige.lib.local_time import local_day

FARTHEST_DAYS = 400


def week_asked(text, at):
    """Return the week of a day as it stands in an address; nonsense and what is too far off is this week."""
    today = local_day(at)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return week_of(today)
    return week_of(day if abs((day - today).days) <= FARTHEST_DAYS else today)
