"""The map of the wall: the communities of a street or the grids of a community, each with what is open and what is late."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from yige.cases import case_map
from yige.grids import area_shapes
from yige.web.charts import Area, area_map

MOST_LISTED = 12


class Place(NamedTuple):
    """One area with its two figures and the lists of exactly their cases."""

    name: str
    open: int
    late: int
    href: str
    late_href: str


class Picture(NamedTuple):
    """The drawing, the same as rows, and how many areas the rows leave to the whole map."""

    drawing: SafeString
    places: list[Place]
    more: int


def picture(user, at, standing):
    """Draw the areas of this person's posts with the open cases that this person sees there."""
    counts = case_map.totals_of_areas((row.path, row.open, row.overdue) for row in standing.by_place)
    paths = {post.path for post in user.posts_at(at) if post.rule.sees == "area"}
    shapes = area_shapes.areas_below(paths)
    places = [place(shape, *counts.get(shape.path, (0, 0))) for shape in shapes]
    drawn = [
        Area(one.name, shape.rings, shape.middle, one.open, f"超时 {one.late}" if one.late else "", one.href)
        for shape, one in zip(shapes, places, strict=True)
    ]
    return Picture(area_map(drawn), places[:MOST_LISTED], max(len(places) - MOST_LISTED, 0))


def place(shape, count, late):
    href = f"/console/cases/?{urlencode({'grid': shape.path})}"
    return Place(shape.name, count, late, href, f"{href}&late=yes")
