"""How long a sheet stands on the list, over which days it tells, and when it is to be made; no database, no clock.

A sheet lives for twelve months at most. Thirty days before its end it is to be renewed or ended; once its term is over it
is not made any more, and thirty days later it goes by itself.
"""

from datetime import date, timedelta
from typing import NamedTuple

from yige.assessment.periods import Period
from yige.lib.local_time import add_months, full_date_words, month_words
from yige.report_centre.words import Rhythm

LONGEST_MONTHS = 12
NOTICE = timedelta(days=30)  # before the term is over, and after it
LAST_DUE_DAY = 28


class Standing(NamedTuple):
    """How a sheet stands on a day: whether it is made, and who has to do something."""

    name: str
    label: str
    tone: str
    is_made: bool
    waits_for: str


# fmt: off
STANDINGS = (
    #        name        label            tone     made    who has to act
    Standing("in_force", "在用",          "good",  True,   ""),
    Standing("ending",   "快到期",        "care",  True,   "续或者停"),
    Standing("expired",  "过期，不再生成", "bad",   False,  "续或者停"),
    Standing("gone",     "已停",          "",      False,  ""),
)
SPANS = (
    #name            label
    ("last_week",    "上一周"),
    ("last_month",   "上个月"),
    ("this_month",   "这个月到今天"),
    ("last_quarter", "上一季度"),
    ("last_year",    "上一年"),
    ("this_year",    "今年到今天"),
)
# fmt: on
STANDING = {each.name: each for each in STANDINGS}
SPAN_LABELS = dict(SPANS)
MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
UNIT_OF_RHYTHM = {Rhythm.MONTHLY: "month", Rhythm.QUARTERLY: "quarter", Rhythm.YEARLY: "year"}


def standing_on(until, ended_on, day) -> Standing:
    """Return how a sheet stands: it is made up to, not including, the day on which its term is over."""
    if ended_on is not None and ended_on <= day:
        return STANDING["gone"]
    if until <= day:
        return STANDING["expired"]
    return STANDING["ending" if until - day <= NOTICE else "in_force"]


def latest_end(day) -> date:
    """Return the last day to which a sheet may be listed or renewed on this day."""
    return add_months(day, LONGEST_MONTHS)


def is_over(until, day) -> bool:
    """Say whether a sheet that nobody renewed goes by itself."""
    return day >= until + NOTICE


def span_of(name, day) -> Period:
    """Return the days that a sheet tells of when it is made on this day; “to today” runs to its end and counts what is there."""
    which, unit = name.split("_")
    begin = begin_of(unit, day)
    if which == "this":
        return Period(begin, after_one(unit, begin))
    return Period(begin_of(unit, begin - timedelta(days=1)), begin)


def begin_of(unit, day) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS_OF[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def after_one(unit, begin) -> date:
    return begin + timedelta(days=7) if unit == "week" else add_months(begin, MONTHS_OF[unit])


def period_words(period) -> str:
    """Return the days in words: 2026年10月, 2026年10月1日到2026年12月31日."""
    if period == Period(period.first.replace(day=1), add_months(period.first.replace(day=1))):
        return month_words(period.first)
    return f"{full_date_words(period.first)}到{full_date_words(period.after - timedelta(days=1))}"


def due_since(rhythm, due_day, day) -> date | None:
    """Return the day since which this round's sheet is to be made, None before it; what is asked once waits for a hand.

    `due_day` counts from the first day of the week, month, quarter or year.
    """
    if rhythm == Rhythm.ONCE:
        return None
    begin = begin_of("week" if rhythm == Rhythm.WEEKLY else UNIT_OF_RHYTHM[Rhythm(rhythm)], day)
    due = begin + timedelta(days=due_day - 1)
    return due if due <= day else None


def last_due_day(rhythm) -> int:
    return 7 if rhythm == Rhythm.WEEKLY else LAST_DUE_DAY
