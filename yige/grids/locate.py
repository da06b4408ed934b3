"""Which grid a point lies in, from a map kept in memory by every process.

Where outlines overlap or share an edge, the exclusive grid wins, then the deeper one, then the lower path.
"""

import math
import threading
import time
from typing import NamedTuple
from uuid import UUID

import shapely

from yige.grids.models import GridOutline, Kind, TreeVersion
from yige.lib.coordinates import is_point

LOOK_AGAIN_AFTER = 30.0  # seconds
CLOSE = 0.01  # degrees, about a kilometre
_METRES_A_DEGREE = 111_319.49


class LocatedGrid(NamedTuple):
    """The grid a point belongs to."""

    grid_id: UUID
    path: str


class NearestGrid(NamedTuple):
    """The nearest grid to a point outside, and how far it is."""

    grid_id: UUID
    path: str
    metres: float


class _Map(NamedTuple):
    version: int
    tree: shapely.STRtree
    grids: list[LocatedGrid]


_lock = threading.Lock()
_map: _Map | None = None
_looked_at = -math.inf


def locate(lon: float, lat: float) -> LocatedGrid | None:
    """Find the grid of a WGS-84 point; None when it lies outside all grids."""
    if not is_point(lon, lat):
        return None
    here = _current()
    hits = here.tree.query(shapely.Point(lon, lat), predicate="intersects")
    return here.grids[hits.min() if len(hits) > 1 else hits[0]] if len(hits) else None


def nearest(lon: float, lat: float) -> NearestGrid | None:
    """Find the grid next to a WGS-84 point; None when there is no map or no such point."""
    here = _current()
    if not is_point(lon, lat) or not here.grids:
        return None
    point = shapely.Point(lon, lat)
    index = int(here.tree.nearest(point))
    candidates = [index]
    reach = here.tree.geometries[index].distance(point)
    # A degree east is shorter than a degree north, which matters between neighbours, not from afar.
    if reach < CLOSE:
        stretch = 1 / max(math.cos(math.radians(lat)), 0.05)
        candidates = sorted(
            here.tree.query(point, predicate="dwithin", distance=reach * stretch + 1e-9).tolist()
        )
    metres = _metres(here.tree.geometries[candidates], lon, lat).round(2)
    return NearestGrid(*here.grids[candidates[metres.argmin()]], float(metres.min()))


def forget_map() -> None:
    """Drop the map of this process; the next question reads it again."""
    global _map, _looked_at
    with _lock:
        _map, _looked_at = None, -math.inf


def _current() -> _Map:
    global _map, _looked_at
    if _map is not None and time.monotonic() - _looked_at < LOOK_AGAIN_AFTER:
        return _map
    with _lock:
        if _map is None or time.monotonic() - _looked_at >= LOOK_AGAIN_AFTER:
            version = TreeVersion.objects.values_list("number", flat=True).first() or 0
            if _map is None or _map.version != version:
                _map = _drawn(version)
            _looked_at = time.monotonic()
        return _map


def _drawn(version: int) -> _Map:
    rows = (
        GridOutline.objects.filter(valid_until__isnull=True, grid__valid_until__isnull=True)
        .order_by("-grid__level", "grid__path")
        .values_list("grid_id", "grid__path", "grid__kind", "shape")
    )
    rows = sorted(rows, key=lambda row: row[2] == Kind.ORDINARY)
    outlines = shapely.from_wkb([bytes(row[3]) for row in rows])
    return _Map(version, shapely.STRtree(outlines), [LocatedGrid(row[0], row[1]) for row in rows])


def _metres(outlines, lon: float, lat: float):
    wide = math.cos(math.radians(lat)) * _METRES_A_DEGREE
    flat = shapely.transform(outlines, lambda pairs: (pairs - (lon, lat)) * (wide, _METRES_A_DEGREE))
    return shapely.distance(flat, shapely.Point(0, 0))
