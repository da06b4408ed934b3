import json
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life, reported
from tests.scenes import scene
from yige.grids.models import GridOutline, TreeVersion
from yige.lib.ids import new_id

NOW = timezone.now()


def at_point(here, **said):
    return reported(here, at=said.pop("at", NOW), lon=113.29, lat=34.8, located_by="pin", **said)


def points(client, user):
    client.force_login(user)
    return client.get("/console/map/points.json").json()


def test_points_carry_place_tone_and_serial(client, here):
    fresh, late = at_point(here), at_point(here, at=NOW - timedelta(days=3))

    answer = points(client, here.desk)

    tones = {serial: tone for _, _, tone, serial in answer["points"]}
    assert tones[late.serial] == 0 and tones[fresh.serial] in (1, 3)
    assert answer["points"][0][:2] == [113.29, 34.8]
    assert answer["counts"]["/zz/js/9/"][:2] == [2, 1]


def test_a_case_without_a_point_counts_in_its_grid(client, here):
    reported(here, at=NOW)

    answer = points(client, here.desk)

    assert (answer["points"], answer["counts"]["/zz/js/9/"][0]) == ([], 1)


@pytest.mark.parametrize("who", ["neighbour_head", "other_desk", "worker", "department"])
def test_who_does_not_see_the_case_sees_no_point(client, here, who):
    case = at_point(here)

    answer = points(client, getattr(here, who))
    page = client.get("/console/map/?path=/zz/js/9/").text

    assert answer == {"points": [], "counts": {}}
    assert case.number not in page


@pytest.mark.parametrize("path", ["/console/map/", "/console/map/points.json", "/console/map/outlines.json"])
def test_administrators_get_404_and_strangers_a_login(client, here, path):
    stranger = client.get(path).status_code
    client.force_login(here.auditor)

    assert (stranger, client.get(path).status_code) == (302, 404)


def test_ended_cases_are_not_on_the_map(client, here):
    life(here, until="cleared", at=NOW - timedelta(days=1))

    assert points(client, here.desk) == {"points": [], "counts": {}}


def test_the_table_says_what_the_map_says(client, here):
    at_point(here, words="第一件"), reported(here, at=NOW, grid=here.neighbour_grid, words="隔壁的")
    client.force_login(here.desk)

    whole, list_ = client.get("/console/map/").text, client.get("/console/map/?path=/zz/js/9/").text

    assert whole.count('scope="row"') == 3  # the community and its two grids
    assert "第一件" in list_ and "隔壁的" not in list_


def test_a_point_leads_to_its_case_which_asks_who_is_looking(client, here):
    case = at_point(here)
    client.force_login(here.neighbour_head)

    response = client.get(f"/console/map/cases/{case.serial}/")

    assert response.headers["Location"] == f"/console/cases/{case.number}/"
    assert client.get(response.headers["Location"]).status_code == 404
    assert client.get(f"/console/map/cases/{10**30}/").status_code == 404


@pytest.mark.parametrize("path", ["nonsense", "/zz/js/9", "%2e%2e/", "/zz/js/'/"])
def test_an_odd_path_shows_no_list(client, here, path):
    client.force_login(here.desk)

    response = client.get("/console/map/", {"path": path})

    assert response.status_code == 200 and 'id="chosen"' not in response.text


@scene
def outline(here):
    shape = bytes.fromhex(
        "0103000000010000000500000000000000000000000000000000000000000000000000f03f0000000000000000000000000000f03f"
        "000000000000f03f0000000000000000000000000000f03f00000000000000000000000000000000"
    )
    sides = {"west": 0, "south": 0, "east": 1, "north": 1}
    GridOutline.objects.create(id=new_id(), grid=here.grid, shape=shape, valid_from="2020-01-01", **sides)
    TreeVersion.objects.update_or_create(id=1, defaults={"number": 7001})


def test_outlines_are_drawn_once_for_each_version_of_the_tree(
    client, here, outline, django_assert_num_queries
):
    client.force_login(here.desk)
    first = client.get("/console/map/outlines.json")

    with django_assert_num_queries(3):  # session, user with posts, version
        again = client.get("/console/map/outlines.json", headers={"if-none-match": first.headers["ETag"]})

    assert again.status_code == 304
    [feature] = json.loads(first.text)["features"]
    assert feature["properties"] == {"path": "/zz/js/9/", "name": here.grid.name, "middle": [0.5, 0.5]}


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(client, here, n, django_assert_num_queries):
    for _ in range(n):
        at_point(here)
    client.force_login(here.desk)
    client.get("/console/map/")

    with django_assert_num_queries(5):
        client.get("/console/map/points.json")
    with django_assert_num_queries(8):
        client.get("/console/map/?path=/zz/js/9/")
