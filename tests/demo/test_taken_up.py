"""The demo counts what came together and takes up the two largest: one with a published result, one at work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import reported
from yige.demo import month_bulletins, taken_up
from yige.topics.models import Topic

NOW = timezone.now()


@pytest.mark.django_db
def test_two_topics_in_two_states_once(monkeypatch):
    here = factories.town()
    monkeypatch.setattr(month_bulletins, "TOP", "/zz/")
    for place in ("3号楼", "9号楼"):
        for number in range(3):
            contact = {"name": "", "phone": f"1380000000{number}"}
            reported(here, at=NOW - timedelta(days=2), place=place, contact=contact)
    for _ in range(2):
        taken_up.take_up(NOW)

    assert sorted(Topic.objects.values_list("state", flat=True)) == ["published", "running"]
