from datetime import UTC, datetime, timedelta

import pytest

from yige.web import wording

NOON = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)


def test_moment_is_said_in_shanghai():
    assert wording.moment(NOON, NOON) == "11月22日 周日 14:05"


def test_moment_late_in_utc_is_the_next_day():
    assert wording.moment(datetime(2026, 12, 31, 16, 30, tzinfo=UTC), NOON) == "2027年1月1日 周五 00:30"


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (timedelta(days=2, hours=9), "还剩 2 天"),
        (timedelta(days=1), "还剩 1 天"),
        (timedelta(hours=23, minutes=59), "还剩 23 小时"),
        (timedelta(minutes=25), "还剩 25 分钟"),
        (timedelta(seconds=20), "马上到时"),
        (timedelta(seconds=-20), "刚刚到时"),
        (timedelta(hours=-3), "已过 3 小时"),
        (timedelta(days=-40), "已过 40 天"),
    ],
)
def test_rest_of_time_in_words(rest, said):
    assert wording.left(NOON + rest, NOON) == said


def test_since_in_words():
    assert wording.since(NOON - timedelta(hours=3, minutes=5), NOON) == "3 小时前"
    assert wording.since(NOON, NOON) == "刚刚"
