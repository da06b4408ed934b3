"""What residents read of social organisations, and how one takes part and leaves in one tap."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.policy.organisations import TOLD, organisation, seated, shown, unit_of_town
from tests.policy.volunteer_calls import SAID, neighbours, opened
from tests.portal.residents import resident
from tests.scenes import scene
from yige.alliance.models import OrganisationMember, ReportIn

pytestmark = pytest.mark.django_db
AT = timezone.now() - timedelta(hours=2)
LIST = "/together/organisations/"


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 2)
    return town


def test_a_page_says_what_when_how_and_what_is_called_for(client, here):
    row, bare = seated(here, AT), organisation(here, AT, name="没写主页的队")
    call = opened(here, AT, by=here.choir)
    listed, page = client.get(LIST).text, client.get(f"{LIST}{row.pk}/").text

    assert LIST in client.get("/together/").text
    assert row.name in listed and bare.name not in listed
    assert not [words for words in (*TOLD.values(), SAID["title"]) if words not in page]
    assert f"{LIST}{row.pk}/" in client.get(f"/together/{call.pk}/").text
    assert client.get(f"{LIST}{bare.pk}/").status_code == 404


def test_taking_part_and_leaving_in_one_tap(client, here):
    row = shown(here, AT)
    resident(client, "19900010000")
    page = f"/my/organisations/{row.pk}/"
    client.post(f"{page}join/", {"shows_name": "on"})
    held, file, mine = client.get(page).text, client.get("/my/file/").text, client.get("/my/help/").text
    assert OrganisationMember.objects.get().person == here.people[0]

    client.post(f"{page}leave/")
    assert "组织看得到您的称呼" in held and row.name in file and row.name in mine
    assert row.name not in client.get("/my/help/").text and not OrganisationMember.objects.exists()
    assert client.post(f"{page}nonsense/").status_code == 404


def test_reporting_in_and_taking_it_back(client, here):
    unit = unit_of_town(here, AT)
    resident(client, "19900010000")
    first = client.get("/my/help/").text
    wrong = client.post("/my/help/report_in/", {"unit": here.community.pk})
    client.post("/my/help/report_in/", {"unit": unit.pk})
    held, file = client.get("/my/help/").text, client.get("/my/file/").text
    client.post("/my/help/withdraw_report/")

    assert "我是在职党员，自己报到" in first and wrong.status_code == 422 and "请从列表里选" in wrong.text
    assert "收回报到" in held and f"报到，{unit}" in file
    assert "收回报到" not in client.get("/my/help/").text and not ReportIn.objects.exists()


def test_no_page_says_who_takes_part(client, here):
    row = shown(here, AT)
    resident(client, "19900010000")
    client.post(f"/my/organisations/{row.pk}/join/", {"shows_name": "on"})
    client.cookies.clear()
    pages = [client.get(address).text for address in (LIST, f"{LIST}{row.pk}/")]

    assert not [page for page in pages for words in ("王小", "王*", "1 人", "1 位") if words in page]
