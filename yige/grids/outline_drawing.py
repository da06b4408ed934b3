"""One boundary drawn by hand: read from GeoJSON, looked at beside its neighbours, then made the grid's own.

What would be wrong (an overlap) refuses; what may be meant (ground outside the parent, ground that nobody has, a child
left outside) is said first and then has to be confirmed. Both are said in square metres.
"""

import json
import math
from typing import NamedTuple

import shapely
from django.db import transaction
from django.db.models import Q

from yige.audit.log import was_done
from yige.grids import actions, shapes
from yige.grids.models import Grid, GridOutline
from yige.lib.coordinates import Crs
from yige.lib.refusals import NotAllowed, NotSaid

MOST_CHARACTERS = 1_000_000
_METRES_A_DEGREE = 111_319.49
_NOISE = 10.0  # square metres; below that it is the drawing's own roughness
NO_SHAPE = "请先画出边界，或粘贴、上传一个 GeoJSON。"
MORE_THAN_ONE = "文件里应当只有一个面。这里一次改一个网格；整个街道请用“导入”。"
CONFIRM = "还有要您确认的地方。看过后勾上“我看过了，就这样保存”，再保存一次。"


class Finding(NamedTuple):
    """One thing to say about a drawing; one that refuses has to be mended."""

    refuses: bool
    sentence: str


def read_outline(text: str, crs: str = Crs.WGS84) -> bytes:
    """Read the polygon out of a GeoJSON geometry, feature, or collection of one feature."""
    if not text.strip():
        raise NotSaid(NO_SHAPE, shape=NO_SHAPE)
    if len(text) > MOST_CHARACTERS:
        raise NotSaid("这段 GeoJSON 太长，请先简化。", shape="太长，最多一百万个字符。")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        sentence = "这不是 GeoJSON：它应当是一段 JSON 文字，里面有 type 和 coordinates。"
        raise NotSaid(sentence, shape=sentence) from error
    return shapes.from_geojson(_geometry(told), crs)


def _geometry(told):
    if isinstance(told, dict) and told.get("type") == "FeatureCollection":
        features = told.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise NotSaid(MORE_THAN_ONE, shape=MORE_THAN_ONE)
        told = features[0]
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = told.get("geometry")
    if not isinstance(told, dict):
        raise NotSaid("这段 GeoJSON 里没有面。", shape="没有找到面（Polygon）。")
    return told


def findings_about(grid, shape: bytes) -> list[Finding]:
    """Say what this boundary would do beside the neighbours, the parent and the children that stand now."""
    drawn = shapely.from_wkb(shape)
    near = _near(grid)
    beside = (
        {}
        if grid.is_exclusive()
        else {name: other for name, (kind, other) in near.items() if kind == "beside"}
    )
    below = {name: other for name, (kind, other) in near.items() if kind == "below"}
    parent = next(((name, other) for name, (kind, other) in near.items() if kind == "above"), None)
    return [
        *_overlaps(drawn, beside),
        *(_outside(drawn, *parent) if parent else ()),
        *(_gaps(drawn, parent[1], beside) if parent and beside else ()),
        *_left_out(drawn, below),
    ]


@transaction.atomic
def redraw(grid, *, by, at, shape, sure=False, key=None) -> Grid:
    """Give the grid this boundary after looking at it; neighbours cannot be redrawn at the same moment."""
    family = Q(pk=grid.parent_id) if grid.parent_id else Q(pk=grid.pk)
    list(Grid.objects.select_for_update().filter(family))
    if key and was_done(actions.redraw.verb, by, key):
        return actions.redraw(grid, by=by, at=at, shape=shape, key=key)
    if same(grid, shape):
        raise NotSaid("边界没有变化，不用保存。", shape="和现在的边界一样。")
    said = findings_about(grid, shape)
    if wrong := [one.sentence for one in said if one.refuses]:
        raise NotAllowed(wrong[0], shape=" ".join(wrong))
    if said and not sure:
        raise NotSaid(CONFIRM, sure=CONFIRM)
    return actions.redraw(grid, by=by, at=at, shape=shape, key=key)


def same(grid, shape: bytes) -> bool:
    """Say whether this is the boundary that the grid has now, whatever corner it begins at."""
    now = grid.outlines.filter(valid_until=None).first()
    return now is not None and shapely.from_wkb(bytes(now.shape)).normalize().equals_exact(
        shapely.from_wkb(shape).normalize(), 1e-9
    )


def _near(grid):
    """Return {name: (above | beside | below, polygon)} of the boundaries that the drawing is compared with."""
    family = Q(grid__parent=grid) | (
        Q(grid=grid.parent_id) | Q(grid__parent=grid.parent_id) if grid.parent_id else Q(grid__parent=None)
    )
    rows = GridOutline.objects.filter(family, valid_until=None, grid__valid_until=None).exclude(grid=grid)
    found = {}
    for row in rows.select_related("grid").order_by("grid__path"):
        kind = (
            "below"
            if row.grid.parent_id == grid.pk
            else "above"
            if row.grid_id == grid.parent_id
            else "beside"
        )
        if kind != "beside" or not row.grid.is_exclusive():
            found[f"{row.grid.name}（{row.grid.code}）"] = kind, shapely.from_wkb(bytes(row.shape))
    return found


def _overlaps(drawn, beside):
    for name, other in beside.items():
        if shapes.overlaps(drawn, other):
            yield Finding(
                True, f"和同级的 {name} 重叠约 {_metres(drawn.intersection(other))} 平方米，请把边界对齐。"
            )


def _outside(drawn, name, parent):
    out = drawn.difference(parent)
    if _area(out) > _NOISE:
        yield Finding(False, f"有约 {_metres(out)} 平方米伸到上级 {name} 的边界外面。")


def _gaps(drawn, parent, beside):
    free = parent.difference(shapely.union_all([drawn, *beside.values()]))
    places = [
        part
        for part in getattr(free, "geoms", [free])
        if _area(part) > _NOISE and part.distance(drawn) < 1e-6
    ]
    if places:
        whole = _metres(shapely.union_all(places))
        yield Finding(
            False, f"旁边有 {len(places)} 处、约 {whole} 平方米在上级范围里，却不归任何同级网格管。"
        )


def _left_out(drawn, below):
    out = [name for name, other in below.items() if _area(other.difference(drawn)) > _NOISE]
    if out:
        more = f"等 {len(out)} 个" if len(out) > 3 else ""
        yield Finding(False, f"下级 {'、'.join(out[:3])}{more}有一部分落在外面。")


def _area(polygon):
    """Square metres of a polygon in degrees, near enough for a sentence."""
    if polygon.is_empty:
        return 0.0
    middle = math.radians((polygon.bounds[1] + polygon.bounds[3]) / 2)
    return polygon.area * _METRES_A_DEGREE**2 * math.cos(middle)


def _metres(polygon):
    """Square metres as people say them."""
    area = _area(polygon)
    return (
        f"{area:.0f}"
        if area < 100
        else f"{round(area, -1):.0f}"
        if area < 10_000
        else f"{area / 10_000:.1f} 万"
    )
