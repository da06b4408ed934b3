"""Quiet hours: nobody is rung up or buzzed between 21:00 and 8:00 unless it is an emergency (design §6)."""

from datetime import datetime, time, timedelta

from yige.lib.local_time import SHANGHAI

QUIET_FROM = time(21)
QUIET_UNTIL = time(8)


def not_before(at) -> datetime:
    """Return `at`, or the next morning's 8:00 when `at` lies in the quiet hours."""
    local = at.astimezone(SHANGHAI)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, SHANGHAI)
