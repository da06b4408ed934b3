"""Boundaries: what may be one, in which order polygons count, how they travel.

A boundary is kept as WKB in WGS-84, with seven decimals; shared edges stay shared.
"""

import json

import shapely
from shapely import errors
from shapely.geometry import mapping

from yige.lib import coordinates
from yige.lib.coordinates import Crs
from yige.lib.refusals import NotSaid

MOST_VERTICES = 20_000
_DECIMALS = 7
_SMALLEST = 1e-11  # square degrees, about a tenth of a square metre
_OVERLAP = 1e-9  # square degrees, about ten square metres: below that it is drawing noise


def from_geojson(geometry: dict, crs: str = Crs.WGS84) -> bytes:
    """Read a GeoJSON polygon of any known coordinate system into a boundary."""
    try:
        drawn = shapely.from_geojson(json.dumps(geometry))
    except (TypeError, ValueError, RecursionError, errors.ShapelyError) as error:
        raise NotSaid("边界不是有效的 GeoJSON 多边形。", shape="不是有效的多边形") from error
    return check_polygon(_converted(drawn, crs))


def to_geojson(wkb: bytes, crs: str = Crs.WGS84) -> dict:
    """Write a boundary as GeoJSON."""
    drawn = shapely.from_wkb(bytes(wkb))
    return mapping(_moved(drawn, lambda x, y: coordinates.from_wgs84(x, y, crs)))


def from_wkb(wkb: bytes) -> bytes:
    """Check a boundary that is WKB already."""
    try:
        return check_polygon(shapely.from_wkb(bytes(wkb)))
    except errors.ShapelyError as error:
        raise NotSaid("边界不是有效的多边形。", shape="不是有效的多边形") from error


def check_polygon(drawn) -> bytes:
    """Return the WKB of a polygon that may be a boundary, or refuse it with a sentence."""
    if drawn.geom_type not in ("Polygon", "MultiPolygon"):
        raise NotSaid("边界必须是一个面（多边形），不能是点或线。", shape="不是面")
    if shapely.get_num_coordinates(drawn) > MOST_VERTICES:
        raise NotSaid(f"边界的顶点太多，最多 {MOST_VERTICES} 个，请先简化。", shape="顶点太多")
    west, south, east, north = drawn.bounds or (999.0,) * 4
    if not (coordinates.is_point(west, south) and coordinates.is_point(east, north)):
        raise NotSaid("边界的坐标不是经纬度，请检查坐标系。", shape="坐标不是经纬度")
    drawn = _moved(drawn, lambda x, y: (x, y))
    if not drawn.is_valid:
        raise NotSaid("边界自己和自己相交，请在地图上改好再导入。", shape="自相交")
    if drawn.area < _SMALLEST:
        raise NotSaid("边界没有面积。", shape="没有面积")
    return shapely.to_wkb(drawn)


def bounds(wkb: bytes) -> dict[str, float]:
    """The box around a boundary, named as the columns are."""
    return dict(zip(("west", "south", "east", "north"), shapely.from_wkb(bytes(wkb)).bounds, strict=True))


def overlaps(one, other) -> bool:
    """Say whether two polygons share more than an edge."""
    return one.intersects(other) and one.intersection(other).area > _OVERLAP


def centre(wkb: bytes) -> tuple[float, float]:
    """A point that surely lies inside, for a label or a pin."""
    inside = shapely.from_wkb(bytes(wkb)).representative_point()
    return inside.x, inside.y


def _converted(drawn, crs):
    return drawn if crs == Crs.WGS84 else _moved(drawn, lambda x, y: coordinates.to_wgs84(x, y, crs))


def _moved(drawn, move):
    def one(x, y):
        lon, lat = move(x, y)
        return round(lon, _DECIMALS), round(lat, _DECIMALS)

    return shapely.transform(
        shapely.force_2d(drawn), lambda pairs: [one(x, y) for x, y in pairs.tolist()] or pairs
    )
