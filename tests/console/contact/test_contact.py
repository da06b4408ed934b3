"""Promises, coverage and hours at the desk: units and grids, never a person, never a small count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import family, home
from tests.markup import one_line
from tests.scenes import scene
from yige.archive.models import Household
from yige.contact import clockwork
from yige.contact.models import AreaFigure, Promise, Slot
from yige.lib.local_time import local_day
from yige.notices.models import Notice
from yige.steps.s1_approach import actions as s1

PROMISES, COVERAGE, SLOTS = "/console/promises/", "/console/contact/", "/console/slots/"


@scene
def broken(here):
    """A promise of the grid's own team that passed its day yesterday."""
    at = timezone.now()
    here.family = family(here)
    here.promise = s1.promise(
        here.family, by=here.micro, at=at - timedelta(days=5), words="修好楼门", due_on=local_day(at) - timedelta(days=1)
    )  # fmt: skip
    return here


@pytest.mark.parametrize(
    ("name", "words"),
    [("street_head", False), ("desk", False), ("community_head", False), ("grid_head", True)],
)
def test_broken_promise_shows_unit_and_days_and_its_words_only_to_those_who_open_the_file(
    broken, client, name, words
):
    client.force_login(getattr(broken, name))

    text = client.get(PROMISES).text

    assert "单位team" in text and "1 天" in text
    assert ("修好楼门" in text, str(broken.family.pk) in text) == (words, words)
    assert "某micro" not in text


@pytest.mark.parametrize("name", ["neighbour_head", "other_desk"])
def test_promise_of_another_place_is_not_told(broken, client, name):
    client.force_login(getattr(broken, name))

    assert "没有过了期的承诺。" in client.get(PROMISES).text
    assert "答应居民的事过了期" not in client.get("/console/").text


@pytest.mark.parametrize("name", ["worker", "micro", "department", "registrar", "auditor"])
def test_promises_are_a_page_of_heads(broken, client, name):
    client.force_login(getattr(broken, name))

    assert client.get(PROMISES).status_code == 404
    assert client.get(COVERAGE).status_code == 404


def test_desk_of_a_head_says_how_many_promises_are_broken(broken, client):
    client.force_login(broken.community_head)

    assert "1 个答应居民的事过了期" in client.get("/console/").text


def test_promise_of_next_week_is_in_the_other_list(broken, client):
    Promise.objects.update(due_on=local_day(timezone.now()) + timedelta(days=3))
    client.force_login(broken.grid_head)

    assert "修好楼门" not in client.get(PROMISES).text
    assert "修好楼门" in client.get(f"{PROMISES}?show=soon").text


@pytest.mark.parametrize("rows", [1, 3])
def test_promises_take_the_same_statements_for_one_as_for_three(
    broken, client, rows, django_assert_num_queries
):
    for place in range(rows - 1):
        Promise.objects.create(
            household=broken.family, grid_path=broken.family.grid_path, words=f"修{place}",
            due_on=broken.promise.due_on, first_due_on=broken.promise.due_on, made_at=timezone.now(), by=broken.micro,
            unit=broken.team_unit,
        )  # fmt: skip
    client.force_login(broken.grid_head)
    client.get(PROMISES)

    with django_assert_num_queries(6):
        text = client.get(PROMISES).text

    assert text.count("<td>单位team</td>") == rows


def test_coverage_and_the_map_say_the_same_number_of_the_same_area(here, client):
    for name, count in (("households", 69), ("met", 55), ("late", 15)):
        AreaFigure.objects.create(
            path="/zz/js/9/", name=name, count=count, published_on=local_day(timezone.now())
        )
    client.force_login(here.street_head)

    coverage, people = (one_line(client.get(page).text) for page in (COVERAGE, "/console/people-map/"))

    for words in ("69", "约15"):
        assert (
            coverage.count(f">{words}</td>") == people.count(f">{words}</td>") == 2
        )  # the grid and its community
    assert coverage.count(">约55</td>") == 2
    assert "少于" not in coverage + people and "不希望走访</th>" not in coverage


def test_coverage_counts_no_household_that_wishes_no_visits_as_missed(here, client):
    at = timezone.now()
    for place in range(9):
        family(here, room=f"50{place}")
    met = list(Household.objects.values_list("pk", flat=True)[:6])
    Household.objects.filter(pk__in=met).update(met_at=at)
    Household.objects.exclude(pk__in=met).filter(home=home(here, room="508")).update(
        declines_until=local_day(at) + timedelta(days=9)
    )
    client.force_login(here.grid_head)

    text = one_line(client.get(COVERAGE).text)

    assert '<td class="yg-digits">9</td><td class="yg-digits">6</td><td class="yg-digits">2</td>' in text


def test_coverage_names_no_person_and_no_other_place(here, client):
    family(here)
    family(here, path="/zz/js/9x/1/", estate="别院")
    client.force_login(here.grid_head)

    text = client.get(COVERAGE).text

    assert "网格zz-js-9-1" in text and "网格zz-js-9x-1" not in text
    assert "某micro" not in text and "王" not in text


@pytest.mark.parametrize(
    ("name", "place"), [("grid_head", "网格zz-js-9-1"), ("community_head", "网格zz-js-9")]
)
def test_promises_of_a_micro_grid_stand_under_its_grid_but_for_the_head_above(broken, client, name, place):
    client.force_login(getattr(broken, name))

    assert f"<td>{place}</td>" in client.get(PROMISES).text


def test_head_offers_an_hour_and_takes_it_back(here, client):
    client.force_login(here.community_head)
    day = local_day(timezone.now()) + timedelta(days=3)

    client.post(SLOTS, {"kind": "secretary", "grid": here.community.pk, "place": "社区服务站", "day": day.isoformat(),
                        "hour": "09:30", "minutes": "30", "seats": "3"})  # fmt: skip
    slot = Slot.objects.get()
    client.post(f"{SLOTS}{slot.pk}/cancel/")

    assert (slot.host, slot.grid, slot.seats, slot.place) == (
        here.community_head,
        here.community,
        3,
        "社区服务站",
    )
    assert Slot.objects.get().cancelled_at is not None


@pytest.mark.parametrize(("hour", "sentence"), [("22:00", "早上 8 点到晚上 9 点"), ("", "请填写这一项")])
def test_hour_at_night_is_refused_and_what_was_typed_stays(here, client, hour, sentence):
    client.force_login(here.community_head)
    day = local_day(timezone.now()) + timedelta(days=3)
    said = {"kind": "secretary", "grid": here.community.pk, "place": "社区服务站", "day": day.isoformat(), "hour": hour,
            "minutes": "30", "seats": "3"}  # fmt: skip

    response = client.post(SLOTS, said)

    assert response.status_code == 422
    assert sentence in response.text and "社区服务站" in response.text
    assert Slot.objects.count() == 0


def test_neighbour_does_not_cancel_an_hour(here, client):
    client.force_login(here.community_head)
    day = local_day(timezone.now()) + timedelta(days=3)
    client.post(SLOTS, {"kind": "secretary", "grid": here.community.pk, "place": "站", "day": day.isoformat(), "hour": "10:00",
                        "minutes": "30", "seats": "3"})  # fmt: skip
    client.force_login(here.neighbour_head)

    assert client.post(f"{SLOTS}{Slot.objects.get().pk}/cancel/").status_code == 404


def test_broken_promise_is_told_once_to_the_heads_of_its_unit_without_a_name(broken):
    at = timezone.now()

    first, second = clockwork.tell_promises(at), clockwork.tell_promises(at)

    assert (first, second) == ({"promises": 1, "notices": 2}, {"promises": 0})
    readers = set(Notice.objects.values_list("user_id", flat=True))
    assert readers == {broken.grid_head.pk, broken.community_head.pk}
    assert {"micro" in (row.title + row.body) for row in Notice.objects.all()} == {False}


def test_promise_that_was_put_off_and_broken_again_is_told_again(broken):
    at = timezone.now()
    clockwork.tell_promises(at)
    Promise.objects.update(told_at=None, due_on=local_day(at) + timedelta(days=1))

    assert clockwork.tell_promises(at + timedelta(days=3))["promises"] == 1
