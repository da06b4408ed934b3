"""Where it is: by the code at the door, by a grid chosen from the list, or by a point on the map."""

from typing import NamedTuple

from yige.cases.words import LocatedBy
from yige.grids import locate, shapes
from yige.grids.models import Grid, GridOutline, Level, QrToken
from yige.lib.short_cache import ShortCache

_kept = ShortCache(seconds=20)


class Place(NamedTuple):
    """A grid and how it was found; the point stays only when it lies inside the area."""

    grid: Grid
    located_by: str
    lon: float | None = None
    lat: float | None = None


class Outside(Exception):
    """The point lies in no grid; `sentence` asks what to do."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def code_behind(token):
    """Return the code on a poster that leads somewhere today, following replacements; None otherwise."""
    code = (
        QrToken.objects.select_related("grid", "replaced_by__grid").filter(token=token.upper()[:32]).first()
    )
    if code and code.retired_at and code.replaced_by:
        code = code.replaced_by
    if code is None or code.retired_at or code.grid.valid_until:
        return None
    return code


def grid_choices():
    """Return what the list of places offers: communities with their grids, and the whole subdistrict."""
    return _kept.of("choices", _grouped)


def _grouped():
    rows = Grid.objects.public().filter(level__lte=Level.GRID).order_by("path")
    groups, whole = [], []
    for pk, level, name in rows.values_list("id", "level", "name"):
        if level == Level.SUBDISTRICT:
            whole.append((str(pk), f"{name}，说不清在哪个网格"))
        elif level == Level.COMMUNITY:
            groups.append((name, [(str(pk), f"{name}，说不清哪个网格")]))
        elif groups:
            groups[-1][1].append((str(pk), name))
    return {"groups": groups, "whole": whole}


def grid_outlines():
    """Return the outlines of all grids, to about a metre, for pointing at a place on a phone."""
    return _kept.of("outlines", _drawn)


def _drawn():
    rows = GridOutline.objects.filter(valid_until=None, grid__valid_until=None, grid__level=Level.GRID)
    drawn = [(row.grid.name, shapes.to_geojson(row.shape)) for row in rows.select_related("grid")]
    return {"grids": [{"name": name, "rings": _rings(geometry)} for name, geometry in drawn]}


def settle(*, code, chosen, lon, lat, by_gps):
    """Decide the grid: the code wins over the list, the list over the point; None when nothing was said."""
    point = _found(lon, lat)
    inside = (lon, lat) if point else (None, None)
    if code:
        return Place(code.grid, LocatedBy.QR, *inside)
    if chosen:
        grid = _kept.of(chosen, lambda: Grid.objects.public().filter(pk=chosen).first())
        return Place(grid, LocatedBy.LIST, *inside) if grid else None
    if point:
        grid = _kept.of(point.grid_id, lambda: Grid.objects.get(pk=point.grid_id))
        return Place(grid, LocatedBy.GPS if by_gps else LocatedBy.PIN, lon, lat)
    if lon is not None:
        raise Outside(_question(lon, lat))
    return None


def _rings(geometry):
    whole = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(round(lon, 5), round(lat, 5)) for lon, lat in polygon[0]] for polygon in whole]


def _found(lon, lat):
    return locate.locate(lon, lat) if lon is not None and lat is not None else None


def _question(lon, lat):
    near = locate.nearest(lon, lat)
    if near is None:
        return "这个位置不在本辖区。请从列表里选一个网格。"
    name = Grid.objects.values_list("name", flat=True).get(pk=near.grid_id)
    metres = near.metres
    far = f"{metres:.0f} 米" if metres < 1000 else f"{metres / 1000:.0f} 公里"
    return f"这个位置不在本辖区，离最近的{name}还有 {far}。地方在辖区里的，请从列表里选一个网格。"
