from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from yige.notices.quiet import not_before

SHANGHAI = ZoneInfo("Asia/Shanghai")


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-02T08:00:00", "2026-03-02T08:00:00"),
        ("2026-03-02T12:00:00", "2026-03-02T12:00:00"),
        ("2026-03-02T20:59:59", "2026-03-02T20:59:59"),
        ("2026-03-02T21:00:00", "2026-03-03T08:00:00"),
        ("2026-03-02T23:59:59", "2026-03-03T08:00:00"),
        ("2026-03-03T00:00:00", "2026-03-03T08:00:00"),
        ("2026-03-03T07:59:59", "2026-03-03T08:00:00"),
        ("2026-12-31T22:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_nobody_is_buzzed_between_nine_and_eight(at, expected):
    assert not_before(here(at)) == here(expected)
