"""Boundaries as SVG paths, so that a page can show where a grid lies without a map."""

import math
from typing import NamedTuple

from yige.grids import shapes

WIDE = 1000.0


class Drawing(NamedTuple):
    """Paths in one picture: (name, path, here)."""

    box: str
    paths: list


def draw_outlines(rows) -> Drawing | None:
    """Draw (name, wkb, here) in one picture that fits them all; None when there is nothing to draw."""
    told = [(name, _rings(wkb), here) for name, wkb, here in rows]
    points = [point for _, rings, _ in told for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDE / max((east - west) * squeeze, north - south, 1e-9)

    def flat(lon, lat):
        return f"{(lon - west) * squeeze * scale:.1f} {(north - lat) * scale:.1f}"

    paths = [(name, " ".join(_path(ring, flat) for ring in rings), here) for name, rings, here in told]
    width, height = (east - west) * squeeze * scale, (north - south) * scale
    return Drawing(f"-10 -10 {width + 20:.0f} {height + 20:.0f}", paths)


def _rings(wkb):
    geometry = shapes.to_geojson(wkb)
    whole = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in whole for ring in polygon]


def _path(ring, flat):
    return "M" + "L".join(flat(*point[:2]) for point in ring) + "Z"
