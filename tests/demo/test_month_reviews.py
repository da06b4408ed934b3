"""The demo's assessment: last month's sheet of the street is shown and frozen, once."""

import pytest

from tests.demo.conftest import NOW
from yige.demo import month_reviews
from yige.month_sheets.models import MonthSheet

pytestmark = pytest.mark.django_db


def test_last_month_is_frozen_once(demo_ground):
    for _ in range(2):
        month_reviews.tell_months(NOW)

    sheet = MonthSheet.objects.get()
    assert (f"{sheet.first:%Y-%m}", f"{sheet.shown_at:%m-%d}", sheet.frozen_at is not None) == (
        "2026-10",
        "11-02",
        True,
    )
