"""Rounds at the desk: coverage by place and grid, what belongs to a round, the history of a place without a name in it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.console.places.test_places import enter, thing
from tests.factories import LAMP, building, category
from yige.cases.models import Case
from yige.contact.models import Route, Spot
from yige.steps.patrol_finding import report_finding
from yige.steps.s2_discover import actions, planning


def spot(here, name="充电棚", place=None, by=None, **said):
    said = {"kind": "facility", **said}
    return planning.make_spot(
        place or here.grid, by=by or here.grid_head, at=timezone.now(), name=name, **said
    )


def looked(spot, days):
    Spot.objects.filter(pk=spot.pk).update(looked_at=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize("n", [1, 3])
def test_coverage_asks_the_same_number_of_questions(here, client, n, django_assert_num_queries):
    for number in range(n):
        spot(here, f"地点{number}")
    enter(client, here.grid_head)

    with django_assert_num_queries(9):
        page = client.get("/console/patrols/").text

    assert page.count("/console/patrols/spots/0") == n


def test_coverage_is_cut_to_what_was_asked(here, client):
    for name, days in (("刚看过", 0), ("该看了", 7), ("过期了", 40)):
        looked(spot(here, name), days)
    spot(here, "没看过")
    enter(client, here.grid_head)

    def found(query):
        page = client.get(f"/console/patrols/?{query}").text
        return [name for name in ("刚看过", "该看了", "过期了", "没看过") if f">{name}</a>" in page]

    assert found("") == ["刚看过", "该看了", "过期了", "没看过"]
    assert found("show=due") == ["该看了", "过期了", "没看过"]
    assert found("show=late") == ["过期了"]
    assert found("show=never") == ["没看过"]
    assert found("show=long") == ["过期了", "没看过"]
    assert found("words=该看") == ["该看了"]
    assert found("grid=/zz/js/9x/") == []
    assert found("show=nonsense") == ["刚看过", "该看了", "过期了", "没看过"]


def test_places_of_one_persons_area_stand_under_the_area_above(here, client):
    """Rows that name a micro-grid, or a filter that is cut to one, would count one person's places."""
    in_micro, in_grid = spot(here, "充电棚", here.micro_grid), spot(here, "健身角")
    seen = {}
    for who in ("desk", "grid_head"):
        enter(client, getattr(here, who))
        pages = [
            client.get(f"/console/patrols/{page}").text
            for page in ("", f"spots/{in_micro.pk}/", "?grid=/zz/js/9/1/", "?grid=/zz/js/9/1")
        ]
        named = ["网格zz-js-9-1" in page.partition("<main")[2] for page in pages[:2]]
        cut = [
            {place.name for place in (in_micro, in_grid) if f">{place.name}</a>" in page}
            for page in pages[2:]
        ]
        seen[who] = (named, cut)

    assert seen["desk"] == ([False, False], [{"充电棚", "健身角"}, set()])
    assert seen["grid_head"] == ([True, True], [{"充电棚"}, set()])


def test_area_without_places_says_so(here, client):
    enter(client, here.grid_head)

    page = client.get("/console/patrols/").text

    assert "您的片区还没有巡查地点，请点“添加地点”。" in page
    assert "没有符合条件的地点。" in page


def test_coverage_names_no_person_and_no_pace(here, client):
    place = spot(here)
    patrol = actions.start_patrol(here.grid, by=here.worker, at=timezone.now())
    actions.look(patrol, by=here.worker, at=timezone.now(), spot=place)
    enter(client, here.grid_head)

    pages = [
        client.get(address).text for address in ("/console/patrols/", f"/console/patrols/spots/{place.pk}/")
    ]

    assert "单位team" in pages[1]
    assert not [page for page in pages if here.worker.name in page]


def test_history_of_a_place_leads_to_its_case(here, client):
    place, lamp = spot(here), category(LAMP)
    patrol = actions.start_patrol(here.grid, by=here.worker, at=timezone.now())
    report_finding(patrol, by=here.worker, at=timezone.now(), spot=place, words="灯不亮", category=lamp)
    enter(client, here.grid_head)

    page = client.get(f"/console/patrols/spots/{place.pk}/").text

    assert f"/console/cases/{Case.objects.get().number}/" in page


def test_place_of_a_neighbour_is_not_there(here, client):
    place = spot(here)
    enter(client, here.neighbour_head)

    assert client.get(f"/console/patrols/spots/{place.pk}/").status_code == 404
    assert client.post(f"/console/patrols/spots/{place.pk}/retire/").status_code == 404
    assert Spot.objects.get().active


def test_route_and_places_are_set_up_changed_and_retired(here, client):
    enter(client, here.grid_head)
    client.post("/console/patrols/routes/", {"name": "东院一圈", "grid": here.grid.pk})
    route = Route.objects.get()
    said = {"name": "充电棚", "kind": "facility", "every_days": "3", "grid": here.grid.pk, "route": route.pk}

    client.post("/console/patrols/spots/new/", said)
    place = Spot.objects.get()
    assert (place.route, place.every_days, place.place_in_route) == (route, 3, 1)
    client.post(
        f"/console/patrols/spots/{place.pk}/change/", {**said, "every_days": "5", "place_in_route": "4"}
    )
    client.post(f"/console/patrols/routes/{route.pk}/", {"name": "东院大圈"})
    client.post(f"/console/patrols/routes/{route.pk}/retire/")
    client.post(f"/console/patrols/spots/{place.pk}/retire/")

    place.refresh_from_db()
    route.refresh_from_db()
    assert (place.every_days, place.place_in_route, place.route, place.active) == (5, 0, None, False)
    assert (route.name, route.active) == ("东院大圈", False)


def test_place_is_named_from_what_stands_there(here, client):
    enter(client, here.grid_head)
    lamp, block = thing(here, grid=here.micro_grid), building(here)

    form = client.get(f"/console/patrols/spots/new/?building={block.pk}").text
    client.post(
        f"/console/patrols/spots/new/?thing={lamp.pk}",
        {"name": "东侧路灯", "kind": "facility", "every_days": "7"},
    )

    assert 'value="向阳小院3号楼"' in form
    assert (Spot.objects.get().thing, Spot.objects.get().grid_path) == (lamp, "/zz/js/9/1/")


def test_form_that_is_refused_keeps_what_was_typed(here, client):
    enter(client, here.grid_head)

    page = client.post(
        "/console/patrols/spots/new/",
        {"name": "充电棚", "kind": "facility", "every_days": "0", "hint": "看灭火器", "grid": here.grid.pk},
    )

    assert page.status_code == 422
    assert "几天看一次：1 到 366 的整数。" in page.text
    assert 'value="看灭火器"' in page.text


def test_worker_sees_coverage_and_changes_nothing(here, client):
    place = spot(here)
    enter(client, here.worker)

    assert "添加地点" not in client.get("/console/patrols/").text
    assert client.get(f"/console/patrols/spots/{place.pk}/change/").status_code == 404
    assert client.post(f"/console/patrols/spots/{place.pk}/retire/").status_code == 404
    assert Spot.objects.get().active
