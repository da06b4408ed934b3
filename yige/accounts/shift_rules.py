"""When a shift of the duty roster may stand, and which hours nobody holds. Pure. Rule: docs/policy/duty-roster.md.

Stretches are half open: who comes at eight and who goes at eight do not overlap, and leave no gap.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from yige.lib.local_time import SHANGHAI, clock_words, day_words, local, local_day

MOST_HOURS = 72  # longer than a weekend with its Monday is a slip of the hand
MOST_DAYS_AHEAD = 366


class Stretch(NamedTuple):
    """From a moment up to but not including another."""

    begins_at: datetime
    ends_at: datetime

    def holds(self, at) -> bool:
        return self.begins_at <= at < self.ends_at

    def meets(self, other) -> bool:
        """Say whether the two share a moment."""
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


def span_faults(span, at) -> dict[str, str]:
    """Return what is wrong with the hours of a shift that is written down at this moment, by field."""
    if span.ends_at <= span.begins_at:
        return {"ends_at": "结束要晚于开始。夜班写到第二天，比如 20:00 到次日 08:00。"}
    if span.ends_at - span.begins_at > timedelta(hours=MOST_HOURS):
        return {"ends_at": f"一班最长 {MOST_HOURS} 小时，请分成几班来排。"}
    if span.ends_at <= at:
        return {"ends_at": "这一班已经过去了，请写还没有结束的。"}
    if span.begins_at > at + timedelta(days=MOST_DAYS_AHEAD):
        return {"begins_at": "最早提前一年排，请看看年份。"}
    return {}


def gaps_in(manned: Iterable[Stretch], span: Stretch) -> list[Stretch]:
    """Return the parts of a span that no stretch holds, in order."""
    found, free_from = [], span.begins_at
    for stretch in sorted(manned):
        if stretch.begins_at >= span.ends_at:
            break
        if stretch.begins_at > free_from:
            found.append(Stretch(free_from, stretch.begins_at))
        free_from = max(free_from, stretch.ends_at)
    if free_from < span.ends_at:
        found.append(Stretch(free_from, span.ends_at))
    return found


def common_part(one, other) -> Stretch | None:
    """Return what two stretches share, or None."""
    both = Stretch(max(one.begins_at, other.begins_at), min(one.ends_at, other.ends_at))
    return both if both.begins_at < both.ends_at else None


def week_of(day: date) -> Stretch:
    """Return the week that a day belongs to, from the first moment of its Monday to that of the next."""
    monday = datetime.combine(day - timedelta(days=day.weekday()), time(0), SHANGHAI)
    return Stretch(monday, monday + timedelta(days=7))


def span_words(span, today) -> str:
    """11月28日 周六 20:00 到 11月29日 周日 08:00; the day once where it is the same, and midnight as 24:00 of its eve."""
    first, last = local_day(span.begins_at), local_day(span.ends_at)
    until = clock_words(span.ends_at)
    if local(span.ends_at).time() == time(0):
        last, until = last - timedelta(days=1), "24:00"
    said = f"{day_words(first, today)} {clock_words(span.begins_at)} 到 "
    return said + (until if last == first else f"{day_words(last, today)} {until}")
