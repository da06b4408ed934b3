from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db
ACT = "?do=rate"


def offered(client, case):
    """Say whether the page of a case offers to take a rating down."""
    return f"/console/cases/{case.number}/rate/" in client.get(f"/console/cases/{case.number}/{ACT}").text


def test_rating_of_a_merged_case_is_offered_when_the_other_is_closed_and_once(client):
    here, at = factories.town(), timezone.now() - timedelta(hours=3)
    factories.category()
    leader, merged = (factories.reported(here, at=at) for _ in range(2))
    merged = factories.act("merge", merged, by=here.desk, at=at, into=leader)
    client.force_login(here.desk)

    seen = [offered(client, merged)]
    factories.life(here, "closed", case=leader, at=at)
    seen.append(offered(client, merged))
    said = {"contacted": True, "solved": "yes", "satisfied": "yes"}
    factories.act("rate", merged, by=here.desk, at=timezone.now(), **said)
    seen.append(offered(client, merged))

    assert seen == [False, True, False]
