"""My households and one file on the phone: who sees what, the number behind a reason, today's list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import COMMAND, family, person
from tests.markup import said_alone
from yige.archive.models import Household, Person
from yige.archive.people import actions as archive
from yige.audit.models import LogEntry
from yige.contact.models import Promise
from yige.lib.local_time import local_day
from yige.notices.quiet import not_before
from yige.steps.s1_approach import actions as s1

LIST = "/work/households/"


@pytest.fixture
def seen(here, client):
    here.family = family(here)
    here.url = f"{LIST}{here.family.pk}/"
    client.force_login(here.micro)
    return here


def test_file_shows_masked_names_and_neither_number_nor_birth_date(seen, client):
    text = client.get(seen.url).text

    assert "王*英" in text and "李*国" in text
    assert "王小英" not in text and "19900000001" not in text and not said_alone("1948", text)
    assert "40 年代生" in text


def test_every_opening_is_a_line_with_the_post_that_looked(seen, client):
    client.get(seen.url)

    line = LogEntry.objects.get(verb="archive.view")
    assert (line.actor_id, line.post_id) == (seen.micro.pk, seen.micro.posts.get().pk)


def test_number_takes_a_reason_and_leaves_a_line_first(seen, client):
    who = Person.objects.of(seen.family).first()

    refused = client.post(f"{seen.url}phone/", {"person": who.pk, "reason": ""})
    shown = client.post(f"{seen.url}phone/", {"person": who.pk, "reason": "visit"})

    assert (refused.status_code, "19900000001" in refused.text) == (422, False)
    assert 'data-yg-hide-after="300"' in shown.text and "tel:19900000001" in shown.text
    assert [line.purpose for line in LogEntry.objects.filter(verb="archive.reveal")] == ["visit"]


def test_child_is_shown_as_a_child_without_a_number(seen, client):
    guardian = Person.objects.of(seen.family).first()
    person(seen, seen.family, "王小宝", birth_year=local_day(timezone.now()).year - 9, phone="", guardian=guardian,
           relation="grandchild")  # fmt: skip

    text = client.get(seen.url).text

    assert "王*宝" not in text and "未满十四岁" in text


@pytest.mark.parametrize(("name", "shown"), [("micro", True), ("member", False)])
def test_label_is_shown_to_those_whose_way_may_see_it(seen, client, name, shown):
    who = Person.objects.of(seen.family).first()
    archive.grant_label(who, by=COMMAND, at=timezone.now(), kind="hardship_support")
    archive.grant_label(who, by=COMMAND, at=timezone.now(), kind="living_alone")
    seen.family.links.create(
        kind="household",
        user=seen.member,
        consented_at=timezone.now(),
        since=local_day(timezone.now()),
    )
    client.force_login(getattr(seen, name))

    text = client.get(seen.url).text

    assert "独居" in text
    assert ("困难帮扶" in text) is shown


@pytest.mark.parametrize("name", ["neighbour_worker", "neighbour_head", "community_head", "member"])
def test_file_outside_the_own_reach_is_not_there(seen, client, name):
    client.force_login(getattr(seen, name))

    assert client.get(seen.url).status_code == 404
    assert "向阳小院" not in client.get(LIST).text
    assert not LogEntry.objects.filter(verb="archive.view").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_household_as_for_three(here, client, rows, django_assert_num_queries):
    for place in range(rows):
        family(here, room=f"50{place}")
    client.force_login(here.micro)
    client.get(LIST)

    with django_assert_num_queries(3):
        response = client.get(LIST)

    assert response.text.count("向阳小院3号楼") == rows


@pytest.mark.parametrize(
    ("door", "found"), [("501", 1), ("2单元501", 1), ("3号楼", 2), ("9号楼", 0), ("王小英", 0)]
)
def test_list_is_searched_by_door_and_never_by_name(here, client, door, found):
    family(here, room="501")
    family(here, room="601")
    client.force_login(here.micro)

    assert client.get(LIST, {"door": door}).text.count("weui-cell_access") == found


@pytest.mark.parametrize("rows", [1, 3])
def test_file_takes_few_statements(here, client, rows, django_assert_max_num_queries):
    made = family(here)
    for place in range(rows):
        s1.write_visit_without_timelines(
            made, by=here.micro, at=timezone.now() - timedelta(days=9 - place), mode="not_met"
        )
        Promise.objects.create(
            household=made, grid_path=made.grid_path, words=f"修{place}", due_on="2099-01-01", first_due_on="2099-01-01",
            made_at=timezone.now(), by=here.micro, unit=here.team_unit,
        )  # fmt: skip
    client.force_login(here.micro)
    client.get(f"{LIST}{made.pk}/")

    with django_assert_max_num_queries(12):
        client.get(f"{LIST}{made.pk}/")


def test_household_declines_visits_and_takes_it_back(seen, client):
    day = local_day(timezone.now()) + timedelta(days=60)

    client.post(f"{seen.url}decline/", {"until": day.isoformat()})
    told = client.get(seen.url).text
    client.post(f"{seen.url}decline/", {"until": ""})

    assert "不希望走访" in told
    assert Household.objects.get(pk=seen.family.pk).declines_until is None


def test_promise_is_kept_in_one_tap(seen, client):
    promise = s1.promise(
        seen.family,
        by=seen.micro,
        at=timezone.now(),
        words="修门",
        due_on=local_day(timezone.now()) + timedelta(days=2),
    )

    client.post(f"/work/promises/{promise.pk}/kept/")

    assert Promise.objects.get().kept_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_the_same_for_one_household_as_for_three(
    here, client, rows, django_assert_max_num_queries
):
    for place in range(rows):
        family(here, room=f"50{place}")
    client.force_login(here.micro)
    client.get("/work/")

    with django_assert_max_num_queries(12):
        text = client.get("/work/").text

    at = timezone.now()
    assert text.count("weui-cell_access") == rows
    assert ("现在是休息时间" in text) is (not_before(at) != at)
