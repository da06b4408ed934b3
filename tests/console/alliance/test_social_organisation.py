"""The page of one social organisation: what it tells, its seat; the seat opens this page and its own calls alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.policy.organisations import TOLD, organisation, seated, shown
from tests.policy.volunteer_calls import SAID, as_oneself, neighbours, opened, sign_up, typed_call
from yige.alliance.models import OrganisationSeat, VolunteerCall
from yige.alliance.organisations import join_organisation

AT = timezone.now() - timedelta(hours=2)
LIST = "/console/social-organisations/"


def test_a_head_writes_the_page_and_gives_the_seat(client, here):
    row = organisation(here, AT)
    client.force_login(here.grid_head)
    page = f"{LIST}{row.pk}/"
    first = client.get(page).text
    wrong = client.post(f"{page}write/", TOLD | {"joins": "找王大爷"})
    client.post(f"{page}write/", TOLD | {"seen": 0})
    old = client.post(f"{page}write/", TOLD | {"seen": 0})
    nobody = client.post(f"{page}give-seat/", {"user": here.worker.pk})
    client.post(f"{page}give-seat/", {"user": here.choir.pk})
    after = client.get(page).text

    assert "唱歌</textarea>" in first and (wrong.status_code, old.status_code) == (422, 409)
    assert "像是一个人的名字" in wrong.text and TOLD["does"] in wrong.text
    assert nobody.status_code == 422 and "收回席位" in after
    assert TOLD["joins"] in client.get(f"/together/organisations/{row.pk}/").text

    client.post(f"{page}seats/{OrganisationSeat.objects.get().pk}/")
    assert OrganisationSeat.objects.get().ended_at and "收回席位" not in client.get(page).text


def test_the_seat_opens_its_own_page_and_its_own_calls_alone(client, here):
    row, other = seated(here, AT), shown(here, AT, name="太极队")
    heads = opened(here, AT, title="网格长的召集")
    case = factories.life(here, "handling", at=AT)
    client.force_login(here.choir)
    client.post("/console/volunteer-calls/new/", typed_call(here, tells_members="on"))
    own = VolunteerCall.objects.get(organisation=row)
    listed, calls = client.get(LIST).text, client.get("/console/volunteer-calls/").text

    assert row.name in listed and other.name not in listed
    assert SAID["title"] in calls and "网格长的召集" not in calls
    assert client.get(f"/console/volunteer-calls/{own.pk}/").status_code == 200
    for address in (
        f"{LIST}{other.pk}/", f"/console/volunteer-calls/{heads.pk}/", f"/console/volunteer-calls/{heads.pk}/poster.pdf",
        f"/console/cases/{case.number}/", f"/console/volunteer-calls/new/{case.number}/", "/console/cases/",
        "/console/organisations/", "/console/branches/", "/console/households/", "/work/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    for address in (
        f"{LIST}{other.pk}/write/", f"{LIST}{row.pk}/give-seat/", f"/console/volunteer-calls/{heads.pk}/cancel/",
    ):  # fmt: skip
        assert client.post(address, TOLD | {"user": here.choir.pk, "reason": "雨大"}).status_code == 404, (
            address
        )


def test_the_seat_reads_masked_names_and_no_phone(client, here):
    row, (first, second) = seated(here, AT), neighbours(here, 2)
    call = opened(here, AT, by=here.choir)
    sign_up(call, first, AT)
    for someone, shows in ((first, True), (second, False)):
        join_organisation(row, by=as_oneself(someone), at=AT, person=someone, shows_name=shows)
    client.force_login(here.choir)
    page, one = client.get(f"{LIST}{row.pk}/").text, client.get(f"/console/volunteer-calls/{call.pk}/").text

    assert "王*0" in page and "王*1" not in page and "王*0" in one
    assert not [text for text in (page, one) for words in ("王小", "1990001") if words in text]


def test_an_account_without_an_organisation_is_told_so(client, here):
    client.force_login(here.choir)

    assert "还没有哪个组织的席位" in client.get("/console/volunteer-calls/new/").text
    assert "席位由社区的网格长来给" in client.get(LIST).text


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow(client, here, count, django_assert_num_queries):
    for number in range(count):
        shown(here, AT, name=f"{number}号合唱队")
    client.force_login(here.grid_head)
    client.get(LIST)

    with django_assert_num_queries(4):
        assert client.get(LIST).text.count("号合唱队</a>") == count
