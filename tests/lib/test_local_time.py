from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yige.lib import local_time

NOW = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)  # 14:05 in Shanghai, a Sunday


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "11月22日 周日 14:05"),
        (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), "11月23日 周一 00:30"),
        (datetime(2025, 12, 31, 15, 59, tzinfo=UTC), "2025年12月31日 周三 23:59"),
        (datetime(2025, 12, 31, 16, 0, tzinfo=UTC), "1月1日 周四 00:00"),
    ],
)
def test_moment_words(at, words):
    assert local_time.moment_words(at, NOW) == words


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (timedelta(days=2, hours=5), "还剩 2 天"),
        (timedelta(hours=23, minutes=59), "还剩 23 小时"),
        (timedelta(minutes=5), "还剩 5 分钟"),
        (timedelta(seconds=5), "还剩 不到 1 分钟"),
        (timedelta(hours=-3), "已过 3 小时"),
        (timedelta(days=-40), "已过 40 天"),
    ],
)
def test_left_words(until, words):
    assert local_time.left_words(NOW + until, NOW) == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=3), "刚刚"),
        (timedelta(minutes=5), "5 分钟前"),
        (timedelta(days=3), "3 天前"),
        (timedelta(days=100), "8月14日 周五"),
    ],
)
def test_since_words(ago, words):
    assert local_time.since_words(NOW - ago, NOW) == words


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_add_months(day, months, then):
    assert local_time.add_months(day, months) == then


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_end_of_day_is_that_day(day):
    assert local_time.local_day(local_time.end_of_day(day)) == day
    assert local_time.local_day(local_time.end_of_day(day) + timedelta(seconds=1)) == day + timedelta(days=1)
    assert local_time.local_day(local_time.start_of_day(day)) == day


def test_naive_moments_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        local_time.local(datetime(2026, 1, 1))  # noqa: DTZ001
