from datetime import date

import pytest

from yige.cases import holidays
from yige.cases.work_calendar import WorkCalendar

PLAIN = WorkCalendar()
OFF = frozenset(
    first.fromordinal(ordinal)
    for first, last, _ in holidays.HOLIDAYS
    for ordinal in range(first.toordinal(), last.toordinal() + 1)
)
OF_2026 = WorkCalendar(off=OFF, make_up=frozenset(holidays.MAKE_UP_WORKDAYS))


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-01-30", 0, "2026-01-30"),
        ("2026-01-30", 3, "2026-02-02"),
        ("2026-01-31", 0, "2026-01-31"),
        ("2026-02-28", 1, "2026-03-01"),
        ("2024-02-28", 1, "2024-02-29"),
    ],
)
def test_calendar_days_count_every_day(start, count, expected):
    assert PLAIN.nth(date.fromisoformat(start), count, working=False) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2026-01-30", 0, "2026-01-30"),  # a Friday
        ("2026-01-30", 3, "2026-02-04"),
        ("2026-01-30", 7, "2026-02-10"),
        ("2026-01-31", 0, "2026-02-02"),  # a Saturday begins on Monday …
        ("2026-01-31", 3, "2026-02-05"),  # … and the three days follow that Monday
        ("2026-01-31", 7, "2026-02-11"),
    ],
)
def test_working_days_begin_on_a_working_day(start, count, expected):
    assert PLAIN.nth(date.fromisoformat(start), count, working=True) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-01", False),  # 元旦
        ("2026-01-04", True),  # a Sunday that is worked
        ("2026-02-14", True),  # a Saturday before 春节 that is worked
        ("2026-02-17", False),  # 春节, a Tuesday
        ("2026-02-28", True),  # a Saturday after it that is worked
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-10-01", False),
        ("2026-10-10", True),
        ("2026-03-02", True),
        ("2026-03-07", False),
    ],
)
def test_2026_knows_holidays_and_days_worked_instead(day, expected):
    assert OF_2026.is_workday(date.fromisoformat(day)) is expected


def test_spring_festival_is_jumped_over():
    friday = date(2026, 2, 13)

    assert OF_2026.nth(friday, 1, working=True) == date(2026, 2, 14)
    assert OF_2026.nth(friday, 2, working=True) == date(2026, 2, 24)


def test_calendar_says_until_when_it_is_known():
    assert OF_2026.known_until == date(2026, 12, 31)
    assert PLAIN.known_until is None
