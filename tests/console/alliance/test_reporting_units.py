"""The page of units that report in: written down, ended; who of their people did so stands nowhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.policy.organisations import unit_of_town
from tests.policy.volunteer_calls import as_oneself, neighbours
from yige.alliance.models import ReportingUnit
from yige.alliance.reporting_in import report_in

AT = timezone.now() - timedelta(hours=2)
LIST = "/console/reporting-units/"


def test_a_unit_is_written_down_and_ended(client, here):
    client.force_login(here.community_head)
    typed = {"grid": here.community.pk, "name": "区税务局", "offers": "法律咨询"}
    empty = client.post(f"{LIST}new/", typed | {"offers": ""})
    done = client.post(f"{LIST}new/", typed, follow=True)
    again = client.post(f"{LIST}new/", typed)
    seen = client.get("/together/organisations/").text

    assert (empty.status_code, again.status_code) == (422, 409) and "区税务局" in empty.text
    assert "登记好了" in done.text and "已经向这个社区报到" in again.text and "法律咨询" in seen
    page = client.post(f"{LIST}{ReportingUnit.objects.get().pk}/close/", follow=True)
    assert (
        "还没有登记报到的单位" in page.text and "区税务局" not in client.get("/together/organisations/").text
    )


def test_who_reported_in_stands_nowhere(client, here):
    unit, someone = unit_of_town(here, AT), neighbours(here, 1)[0]
    report_in(here.community, by=as_oneself(someone), at=AT, person=someone, unit=unit)
    client.force_login(here.community_head)
    pages = [client.get(page).text for page in (LIST, "/console/branches/", "/together/organisations/")]

    assert not [page for page in pages for words in ("王小", "王*", "1 人", "1 位") if words in page]


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow(client, here, count, django_assert_num_queries):
    for number in range(count):
        unit_of_town(here, AT, name=f"{number}号局")
    client.force_login(here.community_head)
    client.get(LIST)

    with django_assert_num_queries(5):
        assert client.get(LIST).text.count("号局</h2>") == count
