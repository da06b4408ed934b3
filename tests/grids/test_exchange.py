import datetime
import json

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.grids.conftest import KEEPER, NOON, PASSER_BY, box
from tests.scenes import scene
from yige.audit.models import LogEntry
from yige.grids import actions, exchange
from yige.grids.models import Grid
from yige.lib import sheets
from yige.lib.coordinates import Crs
from yige.lib.refusals import NotAllowed, NotSaid

LATER = NOON + datetime.timedelta(days=1)
WAYS = {"geojson": exchange.to_geojson, "xlsx": exchange.to_xlsx}


@scene
def tree(grid, community):
    actions.describe(
        grid, by=KEEPER, at=NOON, phone="0371-12345", household_count=280, national_code="410106003004002"
    )
    actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-03", name="第三网格", shape=box(113.29, 34.80)
    )
    actions.make(
        community, by=KEEPER, at=NOON, code="410106003004-90", name="商圈", shape=box(113.285, 34.805, 0.002)
    )
    return picture_of_the_tree()


def picture_of_the_tree():
    fields = ("path", "code", "name", "kind", "level", "phone", "household_count", "national_code")
    return [
        (*grid, bytes(shape) if shape else None)
        for *grid, shape in Grid.objects.current().values_list(*fields, "outlines__shape")
    ]


def collection(*features):
    made = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": geometry and shapely.geometry.mapping(geometry),
        }
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


def faults(blob):
    return [(fault.row, fault.sentence) for fault in exchange.plan(blob).faults]


@pytest.mark.parametrize("crs", list(Crs))
@pytest.mark.parametrize("way", WAYS)
def test_export_taken_in_again_changes_nothing(tree, way, crs):
    plan = exchange.plan(WAYS[way](crs), crs)

    assert (plan.faults, plan.made, plan.changed, len(plan.same)) == ([], [], [], 5)


@pytest.mark.parametrize("way", WAYS)
def test_export_rebuilds_the_tree_in_an_empty_district(tree, way):
    blob = WAYS[way]()
    Grid.objects.order_by("-level").update(parent=None, level=1, kind="ordinary")
    Grid.objects.all().delete()

    exchange.carry_out(exchange.plan(blob), by=KEEPER, at=NOON)

    assert picture_of_the_tree() == tree


def test_taken_in_twice_happens_once(tree, community):
    blob = collection(
        ({"code": "410106003004-04", "name": "第四网格"}, shapely.box(113.30, 34.80, 113.31, 34.81)),
        ({"code": "410106003004-02", "name": "新名字"}, shapely.box(113.27, 34.80, 113.28, 34.81)),
    )

    for _ in range(2):
        exchange.carry_out(exchange.plan(blob), by=KEEPER, at=LATER)

    verbs = LogEntry.objects.filter(at=LATER).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["grids.make", "grids.rename", "grids.redraw"]
    kept = Grid.objects.get(code="410106003004-02")
    assert (kept.name, kept.phone, kept.outlines.count()) == ("新名字", "0371-12345", 2)


def test_every_fault_is_named_by_its_row(tree):
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    blob = collection(
        ({"code": "4101", "name": "短"}, None),
        ({"code": "410106003009-01", "name": "没有上级"}, None),
        ({"code": "410106003004-05", "name": ""}, None),
        ({"code": "410106003004-06", "name": "甲"}, bow_tie),
        ({"code": "410106003004-06", "name": "乙"}, None),
        ({"code": "410106003004-07", "name": "丙", "parent": "410106003"}, None),
        ({"code": "410106003004-08", "name": "丁", "household_count": "很多"}, None),
        ({"code": "410106003004-09", "name": "戊"}, shapely.box(113.295, 34.80, 113.305, 34.81)),
        ({"code": "410106003004-10", "name": "己"}, shapely.Point(113, 34)),
        ({"code": "410106003004-11", "name": "庚", "phone": "找老王"}, None),
        ({"code": "410106003004-12", "name": "辛", "national_code": "1"}, None),
    )

    assert faults(blob) == [
        (1, "网格编码不对，应如 410106003004-02-03。"),
        (2, "找不到上级网格 410106003009。"),
        (3, "没有填写名称。"),
        (4, "边界自己和自己相交，请在地图上改好再导入。"),
        (5, "编码和第 4 行重复。"),
        (6, "上级编码和编码对不上，应为 410106003004。"),
        (7, "户数应为整数。"),
        (8, "边界和同级网格 410106003004-03 重叠。"),
        (9, "边界必须是一个面（多边形），不能是点或线。"),
        (10, "值班电话只能有数字、空格和横线，最多 20 位。"),
        (11, "国家编码应为 9、12 或 15 位数字。"),
    ]


def test_a_circle_of_parents_is_named(tree):
    blob = collection(
        ({"code": "410106003004-05", "name": "甲", "parent": "410106003004-06"}, None),
        ({"code": "410106003004-06", "name": "乙", "parent": "410106003004-05"}, None),
    )

    assert [sentence[:8] for _, sentence in faults(blob)] == ["上级关系成了一个"] * 2


def test_neighbours_may_share_an_edge_and_an_exclusive_grid_may_lie_inside(tree):
    blob = collection(
        ({"code": "410106003004-04", "name": "甲"}, shapely.box(113.30, 34.80, 113.31, 34.81)),
        ({"code": "410106003004-91", "name": "乙"}, shapely.box(113.302, 34.802, 113.303, 34.803)),
    )

    assert faults(blob) == []


def test_faults_of_a_sheet_carry_its_row_numbers(tree):
    blob = sheets.write_xlsx(
        ["编码", "名称", "边界"], [["", "无编码", ""], ["410106003004-05", "甲", "POLYGON((乱写"]]
    )

    assert faults(blob) == [
        (2, "网格编码不对，应如 410106003004-02-03。"),
        (3, "边界不是有效的 GeoJSON 多边形。"),
    ]


def test_nothing_is_done_while_there_is_a_fault(tree):
    plan = exchange.plan(
        collection(({"code": "410106003004-05", "name": "好"}, None), ({"code": "x", "name": "坏"}, None))
    )

    with pytest.raises(NotSaid, match="1 处问题"):
        exchange.carry_out(plan, by=KEEPER, at=LATER)

    assert picture_of_the_tree() == tree


def test_a_passer_by_may_not(tree):
    plan = exchange.plan(collection(({"code": "410106003004-05", "name": "好"}, None)))

    with pytest.raises(NotAllowed):
        exchange.carry_out(plan, by=PASSER_BY, at=LATER)


def test_another_coordinate_system_is_converted(tree):
    first = json.loads(exchange.to_geojson(Crs.BD09))["features"][2]["geometry"]["coordinates"][0][0]
    kept = json.loads(exchange.to_geojson())["features"][2]["geometry"]["coordinates"][0][0]

    assert 0.005 < abs(first[0] - kept[0]) < 0.02


@pytest.mark.parametrize(
    "blob", [b"{", b"{}", b'{"features":[1]}', b'{"features":{"a":1}}', b"", b"MZ", b"{" * 100_000]
)
def test_other_files_are_refused_in_words(db, blob):
    with pytest.raises(NotSaid, match=r"。$"):
        exchange.plan(blob)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(properties=JSON, kind=st.sampled_from(["Polygon", "MultiPolygon", "Point", "x"]), coordinates=JSON)
def test_any_geometry_is_read_or_refused(db, properties, kind, coordinates):
    feature = {"properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}

    try:
        exchange.plan(json.dumps({"features": [feature]}).encode())
    except NotSaid as refusal:
        assert refusal.sentence.endswith("。")


@pytest.mark.parametrize(
    "headings, sentence",
    [
        (["编码", "名称", "联系人"], "表头“联系人”不认识"),
        (["编码", "户数"], "表头里少了“名称”这一列"),
    ],
)
def test_a_column_that_nobody_reads_or_that_is_missing_is_named(tree, headings, sentence):
    blob = sheets.write_xlsx(headings, [["410106003004-03", "第三网格", "王"][: len(headings)]])
    with pytest.raises(NotSaid, match=sentence):
        exchange.plan(blob)


def test_a_column_that_is_left_out_leaves_what_stands(tree):
    plan = exchange.plan(sheets.write_xlsx(["编码", "名称"], [["410106003004-03", "三号网格"]]))
    exchange.carry_out(plan, by=KEEPER, at=LATER)

    assert [entry.name for entry in plan.changed] == ["三号网格"]
    assert Grid.objects.current().get(code="410106003004-03").outlines.exists()


def test_what_a_drawing_program_says_beside_is_named_and_does_not_stop(tree):
    plan = exchange.plan(collection(({"code": "410106003004-03", "name": "第三网格", "fid": 7}, None)))

    assert (plan.unread, plan.faults) == (["fid"], [])
    assert exchange.plan(exchange.to_geojson()).unread == []
