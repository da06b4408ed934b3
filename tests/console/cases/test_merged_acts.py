from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
PHONE = {"phone": "19900000019"}
SOLVED = {"reached": True, "contacted": True, "solved": "yes", "satisfied": "yes"}


def offered(client, case):
    """Say whether the page of a case leads to a call with its reporter."""
    return f"/console/follow-ups/{case.number}/" in client.get(f"/console/cases/{case.number}/").text


def test_reporter_of_a_merged_case_is_asked_when_the_other_is_closed_and_once(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    factories.category()
    leader, merged = (factories.reported(here, at=at, contact=PHONE) for _ in range(2))
    merged = factories.act("merge", merged, by=here.desk, at=at, into=leader)
    client.force_login(here.street_head)

    seen = [offered(client, merged)]
    factories.life(here, "closed", case=leader, at=at)
    seen.append(offered(client, merged))
    page = client.get(f"/console/follow-ups/{merged.number}/")
    factories.act("follow_up", merged, by=here.street_head, at=timezone.now(), **SOLVED)
    seen.append(offered(client, merged))

    assert seen == [False, True, False]
    assert page.status_code == 200 and 'name="solved"' in page.text
    assert merged.ratings.get().by_phone


def test_who_checked_the_leading_case_does_not_ask_the_reporter_of_a_merged_one(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    leader, merged = (factories.reported(here, at=at, contact=PHONE) for _ in range(2))
    merged = factories.act("merge", merged, by=here.street_head, at=at, into=leader)
    factories.life(here, "closed", case=leader, at=at)
    client.force_login(here.desk)

    assert not offered(client, merged)
