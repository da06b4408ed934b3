"""Drawing the outline of a grid: what stands against it is said first, old outlines stay, and nothing typed is lost."""

import json
from datetime import timedelta

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from shapely import box

from tests.factories import LONG_AGO, MONDAY_NOON
from yige.accounts.actors import COMMAND
from yige.audit.models import LogEntry
from yige.grids import actions
from yige.grids.models import GridOutline

PAGE = "/console/grids/zz-js-9/outline/"


def geojson(west=113.28, south=34.80, east=113.29, north=34.81):
    return shapely.to_geojson(box(west, south, east, north))


def draw(grid, *sides, at=MONDAY_NOON):
    return actions.redraw(grid, by=COMMAND, at=at, shape=box(*sides).wkb)


@pytest.fixture
def keeper(client, here):
    """The administrator, a community of 2 × 1 km with two grids side by side, one micro-grid in the first."""
    draw(here.community, 113.28, 34.80, 113.30, 34.81)
    draw(here.grid, 113.28, 34.80, 113.29, 34.81)
    draw(here.neighbour_grid, 113.29, 34.80, 113.30, 34.81)
    draw(here.micro_grid, 113.28, 34.80, 113.285, 34.81)
    client.force_login(here.system)
    return client


def save(client, shape, **more):
    return client.post(PAGE, {"shape": shape, "crs": "wgs84", "do": "save"} | more)


def now(here):
    return shapely.from_wkb(bytes(here.grid.outlines.get(valid_until=None).shape))


def test_page_brings_the_drawing_and_what_it_lies_beside(keeper, here):
    page = keeper.get(PAGE)

    near = page.context["near"]["features"]
    assert [(one["properties"]["kind"], one["properties"]["name"]) for one in near] == [
        ("above", "网格zz-js"), ("below", "网格zz-js-9-1"), ("beside", "网格zz-js-9x"),
    ]  # fmt: skip
    assert json.loads(page.context["form"].initial["shape"])["type"] == "Polygon"
    assert "现在用的" in page.text


@pytest.mark.parametrize("who", ["desk", "grid_head", "security", "auditor", "registrar", "worker"])
def test_nobody_else_draws(client, here, who):
    client.force_login(getattr(here, who))

    assert client.get(PAGE).status_code == 404
    assert save(client, geojson()).status_code == 404
    assert not GridOutline.objects.exists()


def test_a_drawing_that_fits_becomes_the_outline_and_the_old_one_stays(keeper, here):
    draw(here.neighbour_grid, 113.291, 34.80, 113.30, 34.81)

    answer = save(keeper, geojson(east=113.291), key="k" * 24)
    again = save(keeper, geojson(east=113.291), key="k" * 24)

    assert (answer.status_code, again.status_code) == (302, 302)
    assert now(here).bounds == (113.28, 34.80, 113.291, 34.81)
    assert here.grid.outlines.count() == 2
    assert LogEntry.objects.filter(verb="grids.redraw", actor_id=here.system.pk).count() == 1


def test_an_overlap_is_refused_beside_the_drawing_which_stays(keeper, here):
    before = now(here)

    answer = save(keeper, geojson(east=113.2905), sure="on")

    assert answer.status_code == 422
    assert "和同级的 网格zz-js-9x（zz-js-9x） 重叠约 5.1 万 平方米" in answer.text
    assert "113.2905" in answer.text
    assert now(here).equals(before)


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        ({"west": 113.279}, "伸到上级 网格zz-js（zz-js） 的边界外面"),
        ({"north": 34.8095}, "不归任何同级网格管"),
        ({"west": 113.282}, "下级 网格zz-js-9-1（zz-js-9-1）有一部分落在外面"),
    ],
)
def test_what_may_be_meant_is_said_and_then_has_to_be_confirmed(keeper, here, sides, sentence):
    asked = save(keeper, geojson(**sides))
    before = here.grid.outlines.count()
    done = save(keeper, geojson(**sides), sure="on")

    assert (asked.status_code, before) == (422, 1)
    assert sentence in asked.text and "我看过了，就这样保存" in asked.text
    assert (done.status_code, here.grid.outlines.count()) == (302, 2)


def test_checking_says_the_same_and_saves_nothing(keeper, here):
    said = {"shape": geojson(east=113.2905), "crs": "wgs84", "do": "check"}
    whole = keeper.post(PAGE, said)
    part = keeper.post(PAGE, said, headers={"hx-request": "true"})
    fits = keeper.post(PAGE, {**said, "shape": geojson()}, headers={"hx-request": "true"})

    assert "重叠约" in whole.text and "重叠约" in part.text and "<html" not in part.text
    assert "和现在的边界一样" in fits.text
    assert here.grid.outlines.count() == 1


def test_the_same_outline_is_not_saved_again_whatever_corner_it_begins_at(keeper, here):
    ring = list(box(113.28, 34.80, 113.29, 34.81).exterior.coords)[:-1]
    turned = shapely.to_geojson(shapely.Polygon(ring[2:] + ring[:2]))

    answer = save(keeper, turned)

    assert answer.status_code == 422 and "和现在的边界一样" in answer.text
    assert here.grid.outlines.count() == 1


@pytest.mark.parametrize(
    "wrap",
    [
        lambda shape: {"type": "Feature", "properties": {}, "geometry": shape},
        lambda shape: {"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape}]},
    ],
)
def test_a_feature_and_a_collection_of_one_are_read_too(keeper, here, wrap):
    answer = save(keeper, json.dumps(wrap(json.loads(geojson(east=113.289)))), sure="on")

    assert answer.status_code == 302 and now(here).bounds[2] == 113.289


def test_a_file_is_read_and_moved_into_our_coordinates(keeper, here):
    from yige.lib.coordinates import from_wgs84

    told = json.loads(geojson(east=113.289))
    told["coordinates"] = [[from_wgs84(*pair, "gcj02") for pair in told["coordinates"][0]]]
    file = SimpleUploadedFile("one.geojson", b"\xef\xbb\xbf" + json.dumps(told).encode())

    answer = keeper.post(PAGE, {"file": file, "crs": "gcj02", "do": "save", "sure": "on", "shape": ""})

    assert answer.status_code == 302
    assert now(here).bounds == pytest.approx((113.28, 34.80, 113.289, 34.81), abs=2e-6)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "请先画出边界"),
        ("{", "这不是 GeoJSON"),
        ("[" * 5000, "这不是 GeoJSON"),
        ("[1]", "没有找到面"),
        ("{}", "不是有效的多边形"),
        ('{"type":"FeatureCollection","features":[]}', "里应当只有一个面"),
        ('{"type":"FeatureCollection","features":5}', "里应当只有一个面"),
        ('{"type":"Feature","geometry":null}', "没有找到面"),
        ('{"type":"Point","coordinates":[113,34]}', "不是面"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}', "自相交"),
        ('{"type":"Polygon","coordinates":[[[500,0],[501,1],[501,0],[500,0]]]}', "坐标不是经纬度"),
        ('{"type":"Polygon","coordinates":[[[113,34],[113,34],[113,34],[113,34]]]}', "自相交"),
        ('{"type":"Polygon","coordinates":[["x"]]}', "不是有效的多边形"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("do", ["save", "check"])
def test_what_is_no_outline_gets_its_sentence_and_stays_typed(keeper, here, typed, sentence, do):
    answer = save(keeper, typed, do=do)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert answer.context["form"]["shape"].value() == typed
    assert here.grid.outlines.count() == 1


def test_an_earlier_outline_is_shown_and_made_the_outline_again_as_a_new_row(keeper, here):
    draw(here.grid, 113.28, 34.80, 113.288, 34.81, at=MONDAY_NOON + timedelta(days=3))
    old = here.grid.outlines.exclude(valid_until=None).get()

    page = keeper.get(f"{PAGE}?from={old.pk}")
    answer = save(keeper, page.context["form"].initial["shape"], sure="on")

    assert "用过的旧边界" in page.text
    assert (answer.status_code, here.grid.outlines.count()) == (302, 3)
    assert now(here).bounds[2] == 113.29
    assert GridOutline.objects.get(pk=old.pk).valid_until == old.valid_until


@pytest.mark.parametrize("wanted", ["x", "0" * 32])
def test_an_earlier_outline_that_is_none_of_this_grid_shows_an_empty_drawing(keeper, here, wanted):
    assert keeper.get(f"{PAGE}?from={wanted}").context["form"].initial["shape"] == ""
    assert (
        keeper.get(f"{PAGE}?from={here.neighbour_grid.outlines.get().pk}").context["form"].initial["shape"]
        == ""
    )


def test_a_grid_without_neighbours_or_parent_outline_is_drawn_at_once(client, here):
    client.force_login(here.system)

    assert "还没有画过边界" in client.get(PAGE).text
    assert save(client, geojson()).status_code == 302
    assert now(here).area > 0


def test_an_exclusive_grid_may_lie_in_another(keeper, here):
    inside = type(here.grid).objects.create(
        level=3, kind="exclusive", name="商场", code="zz-js-90", path="/zz/js/90/", parent=here.community, valid_from=LONG_AGO
    )  # fmt: skip

    answer = keeper.post(f"/console/grids/{inside.code}/outline/", {"shape": geojson(east=113.283), "crs": "wgs84", "do": "save"})  # fmt: skip

    assert answer.status_code == 302
