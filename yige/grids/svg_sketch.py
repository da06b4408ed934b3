"""The small map of a case: its grid, its micro-grid and the point, drawn as SVG without any request."""

import math
from typing import NamedTuple

import shapely

SIDE = 100.0
MARGIN = 6.0


class Sketch(NamedTuple):
    """Paths for an SVG of 100 × 100, the outermost first, and the point or None."""

    paths: list
    point: tuple | None


def sketch(shapes, lon, lat) -> Sketch | None:
    """Draw outlines given as WKB, the largest first; None when there is nothing to draw."""
    found = sketch_of_points(shapes, [(lon, lat)] if lon is not None and lat is not None else [])
    return found and Sketch(found.paths, next(iter(found.points), None))


class PointsSketch(NamedTuple):
    """The same with any number of points."""

    paths: list
    points: list


def sketch_of_points(shapes, points) -> PointsSketch | None:
    """Draw outlines as `sketch` does, with all points that lie inside the picture."""
    drawn = [shapely.from_wkb(bytes(shape)) for shape in shapes if shape]
    if not drawn:
        return None
    west, south, east, north = drawn[0].bounds
    flat = math.cos(math.radians((south + north) / 2))
    scale = (SIDE - 2 * MARGIN) / max((east - west) * flat, north - south, 1e-9)

    def place(x, y):
        across = SIDE / 2 + (x - (west + east) / 2) * flat * scale
        down = SIDE / 2 - (y - (south + north) / 2) * scale
        return round(across, 1), round(down, 1)

    inside = [spot for spot in (place(*point) for point in points) if _inside(spot)]
    return PointsSketch([_path(shape, place) for shape in drawn], inside)


def _path(shape, place):
    polygons = shape.geoms if hasattr(shape, "geoms") else [shape]
    rings = []
    for polygon in polygons:
        points = " ".join(f"{x},{y}" for x, y in (place(*pair) for pair in polygon.exterior.coords))
        rings.append(f"M{points}Z")
    return "".join(rings)


def _inside(point):
    return point if point and all(0 <= part <= SIDE for part in point) else None
