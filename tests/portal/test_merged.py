"""What those see whose report was merged into another."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from yige.portal import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    factories.category()
    return factories.town()


def recently():
    return timezone.now() - timedelta(hours=3)


def test_merged_case_leads_to_the_other(client, here):
    case = factories.life(here, "merged", at=recently())

    assert case.merged_into.number in client.get(links.address(case)).text


def test_merged_reporter_is_asked_when_the_other_is_closed_and_can_say_no(client, here):
    leader = factories.reported(here, at=recently())
    merged = factories.reported(here, at=leader.reported_at)
    merged = factories.act("merge", merged, by=here.desk, at=leader.reported_at, into=leader)
    before = client.get(links.address(merged)).text
    factories.life(here, "closed", case=leader, at=leader.reported_at)

    asked = client.get(links.address(merged)).text
    answers = {
        "key": str(uuid.uuid4()),
        "seen": merged.version,
        "contacted": "yes",
        "solved": "no",
        "satisfied": "no",
    }
    client.post(f"{links.address(merged)}rate/", answers)

    leader.refresh_from_db()
    assert ("解决得怎么样" in before, "解决得怎么样" in asked) == (False, True)
    assert (leader.state, leader.reopen_no) == ("accepted", 1)
