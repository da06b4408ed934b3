"""A reporter hurries once for each mark, after a missed one once a day, and reads when the next time is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.portal.test_case import form
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.lib.local_time import local_day, start_of_day
from yige.lib.refusals import Conflict
from yige.portal import links

pytestmark = pytest.mark.django_db


@scene
def here():
    factories.category()
    return factories.town()


def test_urge_again_on_the_next_day_after_a_missed_mark_and_the_page_says_when(client, here, at_noon):
    case = factories.life(here, "accepted", at=at_noon(3), every=timedelta(seconds=1))
    reporter = LinkHolder(case.pk)
    factories.act("urge", case, by=reporter, at=at_noon(3))  # before the first day was over
    early = client.get(links.address(case)).text
    factories.act("urge", case, by=reporter, at=at_noon(1))
    with pytest.raises(Conflict):
        factories.act("urge", case, by=reporter, at=at_noon(1) + timedelta(hours=2))
    client.post(f"{links.address(case)}urge/", form())

    text = client.get(links.address(case)).text

    tomorrow = local_day(timezone.now()) + timedelta(days=1)
    assert "催一催</summary>" in early
    assert "催一催</summary>" not in text
    assert f"今天已经催办过了，承办单位和上一级看得到。还没有办的，{tomorrow.month}月{tomorrow.day}日" in text
    assert case.urges.count() == 3


@pytest.fixture
def at_noon():
    """The noon of some days ago."""
    return lambda days: start_of_day(local_day(timezone.now()) - timedelta(days=days)) + timedelta(hours=12)
