"""How long a sheet stands, which days it tells of and when it is due, on days that are easy to get wrong."""

from datetime import date, timedelta

import pytest

from yige.assessment.periods import Period
from yige.report_centre import terms
from yige.report_centre.words import Rhythm

UNTIL = date(2026, 12, 31)


@pytest.mark.parametrize(("day", "name", "made"), [
    (date(2026, 11, 30), "in_force", True), (date(2026, 12, 1), "ending", True), (date(2026, 12, 30), "ending", True),
    (UNTIL, "expired", False), (UNTIL + timedelta(days=60), "expired", False),
])  # fmt: skip
def test_a_sheet_stands_until_its_day_and_not_on_it(day, name, made):
    standing = terms.standing_on(UNTIL, None, day)

    assert (standing.name, standing.is_made) == (name, made)
    assert terms.standing_on(UNTIL, day, day).name == "gone"


def test_every_standing_that_nobody_ended_waits_for_somebody_or_is_made():
    assert {each.name for each in terms.STANDINGS if not each.is_made and not each.waits_for} == {"gone"}


def test_nobody_lists_a_sheet_for_more_than_twelve_months():
    assert terms.latest_end(date(2028, 2, 29)) == date(2029, 2, 28)
    assert [terms.is_over(UNTIL, UNTIL + timedelta(days=days)) for days in (29, 30)] == [False, True]


@pytest.mark.parametrize(("name", "day", "first", "after"), [
    ("last_week", date(2026, 3, 2), date(2026, 2, 23), date(2026, 3, 2)),
    ("last_month", date(2026, 3, 31), date(2026, 2, 1), date(2026, 3, 1)),
    ("last_month", date(2027, 1, 1), date(2026, 12, 1), date(2027, 1, 1)),
    ("this_month", date(2026, 2, 28), date(2026, 2, 1), date(2026, 3, 1)),
    ("last_quarter", date(2026, 2, 1), date(2025, 10, 1), date(2026, 1, 1)),
    ("last_quarter", date(2026, 4, 1), date(2026, 1, 1), date(2026, 4, 1)),
    ("last_year", date(2026, 12, 31), date(2025, 1, 1), date(2026, 1, 1)),
    ("this_year", date(2026, 1, 1), date(2026, 1, 1), date(2027, 1, 1)),
])  # fmt: skip
def test_the_days_that_a_sheet_tells_of(name, day, first, after):
    assert terms.span_of(name, day) == Period(first, after)
    assert name in terms.SPAN_LABELS


def test_a_month_is_called_by_its_name_and_other_days_by_their_ends():
    assert terms.period_words(Period(date(2026, 2, 1), date(2026, 3, 1))) == "2026年2月"
    assert terms.period_words(Period(date(2026, 2, 23), date(2026, 3, 2))) == "2026年2月23日到2026年3月1日"


@pytest.mark.parametrize(("rhythm", "due_day", "day", "due"), [
    (Rhythm.MONTHLY, 5, date(2026, 3, 4), None), (Rhythm.MONTHLY, 5, date(2026, 3, 5), date(2026, 3, 5)),
    (Rhythm.MONTHLY, 5, date(2026, 3, 31), date(2026, 3, 5)), (Rhythm.WEEKLY, 1, date(2026, 3, 2), date(2026, 3, 2)),
    (Rhythm.WEEKLY, 7, date(2026, 3, 2), None), (Rhythm.QUARTERLY, 10, date(2026, 6, 1), date(2026, 4, 10)),
    (Rhythm.YEARLY, 28, date(2026, 1, 27), None), (Rhythm.ONCE, 1, date(2026, 3, 2), None),
])  # fmt: skip
def test_a_sheet_is_due_from_its_day_to_the_end_of_the_round(rhythm, due_day, day, due):
    assert terms.due_since(rhythm, due_day, day) == due
