"""The spans of time that figures are counted over: calendar months of the place where the work is done."""

import re
from datetime import date, datetime
from typing import NamedTuple

from yige.lib.local_time import add_months, local_day, month_words, start_of_day

FIRST = date(2000, 1, 1)  # nothing was counted before
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Period(NamedTuple):
    """From the first day up to, and not including, the first day after; `end` is a moment, for what stands then."""

    first: date
    after: date

    @property
    def begin(self) -> datetime:
        return start_of_day(self.first)

    @property
    def end(self) -> datetime:
        return start_of_day(self.after)

    @property
    def name(self) -> str:
        """The month as an address writes it; of several months the last one."""
        last = add_months(self.after, -1)
        return f"{last:%Y-%m}"

    @property
    def label(self) -> str:
        last = add_months(self.after, -1)
        if self.first == last:
            return month_words(last)
        return f"{month_words(self.first)}到{month_words(last)}"


def month_of(day) -> Period:
    first = day.replace(day=1)
    return Period(first, add_months(first))


def month_named(text, at) -> Period:
    """Return the month that an address names; anything else, or a month to come, is this month."""
    found, this = _MONTH.fullmatch(text or ""), month_of(local_day(at))
    if found:
        period = month_of(date(int(found[1]), int(found[2]), 1))
        if period.first <= this.first:
            return period
    return this


SPANS = {1: "一个月", 3: "三个月", 12: "一年"}


def span_named(months, period) -> Period:
    """Return so many months as an address says, the last of them the one given; what is no span is one month."""
    count = int(months) if months in {str(span) for span in SPANS} else 1
    return Period(add_months(period.first, 1 - count), period.after)


def months_in(period) -> int:
    return 12 * (period.after.year - period.first.year) + period.after.month - period.first.month


def month_before(period) -> Period:
    return month_of(add_months(period.first, -1))


def months_until(period, count) -> list[Period]:
    """Return so many months, the last of them the one given, the oldest first."""
    return [month_of(add_months(period.first, -back)) for back in range(count - 1, -1, -1)]


def with_two_before(period) -> Period:
    """Return three months that end with this one: what is looked at where a month has too few cases."""
    return span_named("3", period)
