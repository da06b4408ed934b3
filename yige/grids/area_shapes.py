"""The outlines of the areas of a picture: communities of a street, grids of a community; simple enough for a wall."""

from typing import NamedTuple

import shapely

from yige.grids.models import Grid, GridOutline, Level, TreeVersion
from yige.lib.short_cache import ShortCache

SIMPLE = 0.00005  # degrees, about five metres: less than a line of the picture is wide
_kept = ShortCache(seconds=3600, most=50)


class AreaShape(NamedTuple):
    """One area: its polygons as rings of (lon, lat), and a point that surely lies inside; no rings where nobody drew it."""

    path: str
    name: str
    rings: tuple
    middle: tuple[float, float] | None


def areas_below(paths) -> list[AreaShape]:
    """Return the parts of these areas, one level further down; kept until the tree or an outline changes."""
    version = TreeVersion.objects.values_list("number", flat=True).first() or 0
    return _kept.of((version, tuple(sorted(paths))), lambda: read_areas(paths))


def read_areas(paths) -> list[AreaShape]:
    named = {}
    for path in paths:
        level = min(path.count("/"), Level.GRID)  # a street has its communities, a community its grids
        for row in Grid.objects.current().below(path).filter(level=level).values_list("path", "name"):
            named[row[0]] = row[1]
    drawn = {}
    outlines = GridOutline.objects.filter(
        valid_until=None, grid__valid_until=None, grid__level__lte=Level.GRID
    )
    for path, shape in outlines.values_list("grid__path", "shape"):
        drawn[path] = shapely.from_wkb(bytes(shape))
    return [area_shape(path, name, drawn) for path, name in sorted(named.items())]


def area_shape(path, name, drawn) -> AreaShape:
    """Take an area's own outline, or put it together from those below it."""
    parts = (
        [drawn[path]]
        if path in drawn
        else [shape for below, shape in drawn.items() if below.startswith(path)]
    )
    if not parts:
        return AreaShape(path, name, (), None)
    whole = shapely.union_all(parts).simplify(SIMPLE)
    polygons = getattr(whole, "geoms", [whole])
    inside = whole.representative_point()
    rings = tuple(tuple(polygon.exterior.coords) for polygon in polygons)
    return AreaShape(path, name, rings, (inside.x, inside.y))
