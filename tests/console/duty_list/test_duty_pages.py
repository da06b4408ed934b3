"""The pages of the duty list: found, proposed, looked at, decided and ended by whoever may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.duty_list.rows import in_force, proposed
from tests.factories import act, category, life
from yige.duty_list.models import DutyRow
from yige.lib.local_time import local_day

NEW = "/console/duties/new/"


@pytest.fixture
def client(client, settings):
    settings.YIGE_SECOND_FACTOR = False
    return client


def enter(client, person):
    client.force_login(person)
    return client


def said(here, **more):
    words = {"category": category().pk, "place_kind": "any", "lead": here.bureau_unit.pk, "basis": "街道会定"}
    return words | more


def at(days=0):
    return timezone.now() + timedelta(days=days)


def test_the_desk_proposes_and_the_head_decides_with_the_dry_run_before_the_eyes(here, client):
    case = act("dispatch", life(here, "accepted", at=at(-3)), by=here.desk, at=at(), unit=here.team_unit)
    enter(client, here.desk)
    posted = client.post(NEW, said(here, assists=[here.property_unit.pk]))
    row = DutyRow.objects.get()
    page = client.get(posted.url)
    assert (row.state, row.assist_ids, row.proposed_by) == ("proposed", [here.property_unit.pk], here.desk)
    assert (case.number in page.text, page.context["dry"].moved) == (True, 1)
    assert "由您来定" not in page.text
    assert client.post(f"{posted.url}decide/", {"agreed": "yes"}).status_code == 404

    enter(client, here.street_head)
    client.post(f"{posted.url}decide/", {"agreed": "yes"})
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("in_force", here.street_head)
    assert "街道会定" in enter(client, here.desk).get(f"/console/cases/{case.number}/?do=transfer").text


def test_a_wrong_form_says_where_and_keeps_what_was_typed(here, client):
    enter(client, here.desk)
    wrong = said(here, lead="x", basis="", assists="x", valid_from="明天")
    page = client.post(NEW, wrong | {"valid_until": "2026-01-01"})

    assert (page.status_code, DutyRow.objects.count()) == (422, 0)
    assert set(page.context["form"].errors) == {"lead", "basis", "assists", "valid_from"}
    assert 'value="2026-01-01"' in page.text


def test_the_leading_unit_among_those_that_assist_is_said_at_its_place(here, client):
    enter(client, here.desk)
    page = client.post(NEW, said(here, assists=[here.bureau_unit.pk, here.property_unit.pk]))

    assert (page.status_code, DutyRow.objects.count()) == (422, 0)
    assert page.context["form"].errors == {"assists": ["“单位bureau”已经牵头，不用再写成配合单位。"]}


def test_a_double_tap_proposes_once(here, client):
    enter(client, here.desk)
    for _ in range(2):
        client.post(NEW, said(here, key="k" * 24))

    assert DutyRow.objects.count() == 1


def test_a_row_is_changed_by_a_new_one_that_begins_from_it(here, client):
    row = in_force(here, at=at(-3))
    enter(client, here.desk)
    form = client.get(f"{NEW}?instead_of={row.pk}").context["form"]
    assert form.initial["lead"] == str(here.bureau_unit.pk)
    assert client.get(f"{NEW}?instead_of=nonsense").status_code == 200

    posted = client.post(f"{NEW}?instead_of={row.pk}", said(here, lead=here.property_unit.pk))
    enter(client, here.street_head).post(f"{posted.url}decide/", {"agreed": "yes"})
    page = client.get(posted.url)
    row.refresh_from_db()
    assert row.valid_until == local_day(at())
    assert [line.standing for line in page.context["history"]] == ["已停用"]


def test_a_refusal_needs_its_reason(here, client):
    row = proposed(here, at=at(-1))
    enter(client, here.street_head)
    page = client.post(f"/console/duties/{row.pk}/decide/", {"agreed": "no", "words": ""})
    assert (page.status_code, "请写明理由" in page.text) == (422, True)
    client.post(f"/console/duties/{row.pk}/decide/", {"agreed": "no", "words": "再议"})
    again = client.post(f"/console/duties/{row.pk}/decide/", {"agreed": "yes"})

    row.refresh_from_db()
    assert (row.state, row.decision, again.status_code) == ("refused", "再议", 409)


def test_a_row_is_ended_with_the_dry_run_before_the_eyes(here, client):
    row = in_force(here, at=at(-3))
    act("dispatch", life(here, "accepted", at=at(-2)), by=here.desk, at=at(), unit=here.bureau_unit)
    address = f"/console/duties/{row.pk}/"
    enter(client, here.street_head)
    assert "由派单的人定" in client.get(f"{address}?end=1").text
    wrong = client.post(f"{address}end/", {"valid_until": "2020-01-01", "words": "撤并"})
    assert (wrong.status_code, "请写今天或以后的日子。" in wrong.text, "撤并" in wrong.text) == (
        422,
        True,
        True,
    )
    client.post(f"{address}end/", {"valid_until": local_day(at()), "words": "撤并"})

    assert "已停用" in client.get(address).text
    assert "停用</a>" not in client.get(address).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["any", "road"]),
        ("?state=proposed", ["shop"]),
        ("?state=ended", ["home"]),
        ("?state=refused", []),
        ("?state=all&words=路灯", ["any", "home", "road", "shop"]),
        ("?words=property", ["road"]),
        ("?words=没有这样的", []),
        ("?place_kind=road", ["road"]),
        ("?place_kind=nonsense&state=nonsense&page=x", ["any", "road"]),
    ],
)
def test_the_list_is_cut_as_asked(here, client, asked, found):
    in_force(here, at=at(-3))
    in_force(here, at=at(-3), place_kind="road", lead=here.property_unit, valid_from=local_day(at(5)))
    proposed(here, at=at(-3), place_kind="shop")
    over = in_force(here, at=at(-3), place_kind="home", valid_until=local_day(at(-1)))
    assert over.valid_until
    page = enter(client, here.community_head).get(f"/console/duties/{asked}")

    assert [line.row.place_kind for line in page.context["lines"]] == found
    assert ("没有符合条件的" in page.text) is (not found)


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_the_same_for_one_row_and_for_three(here, client, n, django_assert_max_num_queries):
    for kind in ("any", "road", "home")[:n]:
        in_force(here, at=at(-3), place_kind=kind, assists=[here.property_unit])
    enter(client, here.desk)
    with django_assert_max_num_queries(16):
        page = client.get("/console/duties/")

    assert len(page.context["lines"]) == n
    assert category() not in page.context["unlisted"]
