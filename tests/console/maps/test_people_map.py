"""The people's map as somebody opens it: counts for heads, homes for those who visit, nothing for others, and no person."""

import json
import re
from datetime import timedelta

import pytest
import shapely
from django.utils import timezone

from tests.factories import (
    LONG_AGO,
    MONDAY_NOON,
    building,
    family,
    grid,
    household,
    linked_household,
    reported,
)
from tests.markup import one_line, said_alone
from tests.scenes import scene
from yige.accounts.actors import COMMAND
from yige.archive.models import Building, Organisation, Thing
from yige.archive.people import actions as archive
from yige.contact.models import AreaFigure, Promise
from yige.grids.actions import redraw

PAGE = "/console/people-map/"
LAYERS = ("outlines", "areas", "buildings", "things", "organisations")


def layer(client, user, name):
    client.force_login(user)
    return client.get(f"{PAGE}layers/{name}.json")


@scene
def block(here):
    """A building with a point, seven families who have been waiting, one of them with a label."""
    Building.objects.filter(pk=building(here).pk).update(lon=113.2852, lat=34.8051)
    for n in range(7):
        made = family(here, room=str(101 + n))
    archive.grant_label(made.contact, by=COMMAND, at=timezone.now(), kind="living_alone")
    day = timezone.localdate() - timedelta(days=2)
    Promise.objects.create(
        household=made, grid_path=made.grid_path, words="来修灯", due_on=day, first_due_on=day, made_at=MONDAY_NOON,
        by=here.worker, unit=here.team_unit,
    )  # fmt: skip
    return Building.objects.get()


@scene
def drawn(here):
    for place, west in ((here.grid, 113.28), (here.neighbour_grid, 113.292), (here.micro_grid, 113.28)):
        redraw(place, by=COMMAND, at=MONDAY_NOON, shape=shapely.box(west, 34.8, west + 0.01, 34.81).wkb)


@scene
def stands(here):
    """A thing and a shop, with points."""
    said = {"grid": here.grid, "grid_path": here.grid.path, "lon": 113.283, "lat": 34.803}
    Thing.objects.create(
        code="41010601001000001", name="供水井盖", place="北门", unit=here.bureau_unit, since=LONG_AGO, **said
    )
    Organisation.objects.create(kind="shop", name="向阳小卖部", services="送菜上门", **said)


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}?building={0:032x}", f"{PAGE}layers/areas.json"])
@pytest.mark.parametrize("who", ["department", "intake", "auditor", "security", "system"])
def test_who_has_no_area_has_no_map(client, here, path, who):
    client.force_login(getattr(here, who))

    assert client.get(path).status_code == 404


def test_head_of_the_street_reads_counts_and_no_home(client, here, block):
    client.force_login(here.street_head)

    page = one_line(client.get(f"{PAGE}?building={block.pk}").text)

    assert "向阳小院3号楼" in page and "7 套" in page and "独居" not in page
    assert not said_alone("101", page) and "/console/households/" not in page.partition('id="panel"')[2]


def test_head_of_the_grid_reads_the_homes_with_the_way_to_each_file(client, here, block):
    client.force_login(here.grid_head)

    panel = client.get(f"{PAGE}?building={block.pk}", headers={"hx-request": "true"}).text

    assert "<html" not in panel
    assert panel.count('href="/console/households/') == 7
    assert "还没见到过" in panel


def test_member_reads_the_homes_of_linked_households_alone(client, here, block):
    linked = linked_household(here, room="601")
    client.force_login(here.member)

    panel = client.get(f"{PAGE}?building={block.pk}").text.partition('id="panel"')[2]

    assert panel.count('href="/console/households/') == 1 and str(linked.pk) in panel


@pytest.mark.parametrize("who", ["neighbour_head", "neighbour_worker", "other_desk", "other_registrar"])
def test_neighbours_get_nothing_of_another_area(client, here, block, drawn, stands, who):
    user = getattr(here, who)
    client.force_login(user)
    said = [
        client.get(f"{PAGE}?{query}").text for query in (f"building={block.pk}", "grid=/zz/js/9/", "q=向阳")
    ]
    layers = [layer(client, user, name).text for name in LAYERS]

    for text in (*said, *layers):
        assert "/zz/js/9/" not in text.replace('value="/zz/js/9/"', "")
        assert "小卖部" not in text and "井盖" not in text and "向阳小院" not in text


@pytest.mark.parametrize("who", ["street_head", "grid_head", "micro", "registrar", "member"])
def test_no_layer_carries_a_person(client, here, block, drawn, stands, who):
    said = "".join(layer(client, getattr(here, who), name).text for name in LAYERS)
    words = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "", said)  # chance writes 101 into keys

    for canary in ("王小英", "王*英", "李建国", "1990000", "****", "1948", "101"):
        assert canary not in words
    assert not any(str(pk) in said for pk in block.homes.values_list("pk", flat=True))


def test_layers_say_what_they_hold(client, here, block, drawn, stands):
    for name, count in (("households", 40), ("late", 20), ("living_alone", 15)):
        AreaFigure.objects.create(path="/zz/js/9/", name=name, count=count, published_on=timezone.localdate())
    near = layer(client, here.grid_head, "areas").json()
    far = layer(client, here.street_head, "areas").json()

    assert near["/zz/js/9/"] == ["7", "7", 0, 0, 1, "独居 约15"]
    assert near["/zz/js/9/1/"] == ["7", "7", 3, 0, 1, ""]  # the smallest area that is told is coloured
    assert far["/zz/js/9/"] == ["40", "约20", 3, 0, 1, "独居 约15"]
    assert "/zz/js/9/1/" not in far
    assert layer(client, here.street_head, "buildings").json() == [
        [str(block.pk), 113.2852, 34.8051, "向阳小院3号楼", 7]
    ]
    assert (
        layer(client, here.micro, "things").json() == []
    )  # the cover stands in the grid, not in the micro-grid
    assert layer(client, here.grid_head, "things").json() == [
        [113.283, 34.803, "供水井盖", "北门", "完好", "单位bureau"]
    ]
    assert layer(client, here.grid_head, "organisations").json() == [
        [113.283, 34.803, "向阳小卖部", "商户", "", "送菜上门"]
    ]


def test_outlines_hold_the_own_area_and_what_it_lies_in_and_are_not_sent_twice(client, here, drawn):
    mine = layer(client, here.micro, "outlines")
    again = client.get(f"{PAGE}layers/outlines.json", headers={"if-none-match": mine.headers["ETag"]})
    all_ = layer(client, here.desk, "outlines")

    paths = [feature["properties"]["path"] for feature in mine.json()["features"]]
    assert (paths, again.status_code, again.content) == (["/zz/js/9/", "/zz/js/9/1/"], 304, b"")
    assert len(all_.json()["features"]) == 3
    assert all_.headers["ETag"] != mine.headers["ETag"]
    redraw(here.micro_grid, by=COMMAND, at=MONDAY_NOON, shape=shapely.box(113.28, 34.8, 113.285, 34.81).wkb)
    assert (
        client.get(f"{PAGE}layers/outlines.json", headers={"if-none-match": all_.headers["ETag"]}).status_code
        == 200
    )


@pytest.mark.parametrize("name", ["people", "households", "homes", "areas.json", "x"])
def test_there_is_no_other_layer(client, here, name):
    assert layer(client, here.registrar, name).status_code == 404


def test_tables_say_what_the_map_says_without_a_script(client, here, block, stands):
    reported(here, at=timezone.now())
    client.force_login(here.grid_head)

    page = one_line(client.get(f"{PAGE}?grid=/zz/js/9/").text)
    table, _, panel = page.partition('id="panel"')

    assert table.count('scope="row"') == 2  # the grid and its micro-grid
    assert (
        table.count('<td class="yg-right yg-digits">1</td>') == 1
    )  # the case lies in the grid, in no micro-grid
    assert (
        "某grid_head" not in table.partition("<table")[2]
        and '<td class="yg-right yg-digits yg-bad">1</td>' in table
    )
    for words in ("向阳小院3号楼", "供水井盖 北门", "向阳小卖部"):
        assert words in panel
    figures, _, card = panel.partition("有事找谁")
    assert "某grid_head" in card and "某grid_head" not in figures


def test_registrar_is_offered_no_layer_of_cases(client, here, block):
    client.force_login(here.registrar)

    page = client.get(PAGE).text

    assert 'value="cases"' not in page and "data-yg-points" not in page


@pytest.mark.parametrize(
    ("words", "found"),
    [("3号", "向阳小院3号楼"), ("向阳小院3", "向阳小院3号楼"), ("井盖", "供水井盖 北门"), ("小卖", "向阳小卖部"), ("js-9", "网格zz-js-9")],
)  # fmt: skip
def test_search_finds_places(client, here, block, stands, words, found):
    client.force_login(here.grid_head)

    part = client.get(PAGE, {"q": words}, headers={"hx-request": "true"}).text

    assert found in part and "<html" not in part


@pytest.mark.parametrize("words", ["王小英", "19900000001", "没有这里", "%", "_", "'", "长" * 90])
def test_search_finds_no_person_and_says_so(client, here, block, words):
    client.force_login(here.grid_head)

    part = client.get(PAGE, {"q": words}).text

    assert "没有找到" in part and "yg-found" in part


@pytest.mark.parametrize("query", ["building=1", "building=%20", "grid=/", "grid=/zz/js/9", "grid=/zz/js/9/7/", "grid='", "q=", "q=%20"])  # fmt: skip
def test_odd_addresses_open_the_map_alone(client, here, query):
    client.force_login(here.desk)

    response = client.get(f"{PAGE}?{query}")

    assert response.status_code == 200 and 'id="chosen"' not in response.text


def test_map_of_a_tree_without_grids_says_what_to_do(client, here):
    type(here.grid).objects.update(valid_until=LONG_AGO)
    client.force_login(here.desk)

    assert "还没有网格" in client.get(PAGE).text


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(client, here, n, django_assert_num_queries):
    for number in range(n):
        household(here, path=f"/zz/js/9/{number + 1}/", name=f"{number}号楼")
        grid(f"/zz/js/9/{number + 1}/")
    client.force_login(here.street_head)
    client.get(PAGE)

    with django_assert_num_queries(3):  # session, user with posts, promises
        assert len(json.loads(client.get(f"{PAGE}layers/areas.json").text)) == 4
    with django_assert_num_queries(5):  # and open cases, unread notices
        client.get(PAGE)
