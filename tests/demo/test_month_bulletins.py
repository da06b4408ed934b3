"""The demo's bulletins: one that everybody reads, one in work, told once."""

from datetime import date

import pytest

from tests.demo.conftest import NOW
from tests.policy.bulletins import figures
from yige.bulletins.models import Bulletin
from yige.demo import month_bulletins
from yige.demo.staff import TOP

pytestmark = pytest.mark.django_db


def test_one_bulletin_is_published_and_one_is_written_once(demo_ground):
    figures(TOP, [date(2026, 9, 1), date(2026, 10, 1)], NOW)
    month_bulletins.publish_all(NOW)
    before = list(Bulletin.objects.values_list("month", "state"))
    month_bulletins.publish_all(NOW)

    assert before == [(date(2026, 10, 1), "draft"), (date(2026, 9, 1), "published")]
    assert list(Bulletin.objects.values_list("month", "state")) == before
    assert bytes(Bulletin.objects.public().get().pdf).startswith(b"%PDF")
