"""Cut an outline into parts the way streets do: nearly straight lines, shared edges identical, no gap, no overlap.

Works in metres on a plane; `to_degrees` puts the result on the map (WGS-84).
"""

import math

from shapely import LineString, Point, Polygon, STRtree, polygonize, unary_union
from shapely.affinity import rotate
from shapely.ops import split

CENTRE = (113.2900, 34.8030)
METRES_A_DEGREE = 111_320
DIGITS = 6  # about ten centimetres


def cut_outline(outline, weights, random):
    """Cut the outline into as many parts as there are weights, areas in their proportion."""
    if len(weights) == 1:
        return [outline]
    half = _halfway(weights)
    left, right = _in_two(outline, sum(weights[:half]) / sum(weights), random)
    return cut_outline(left, weights[:half], random) + cut_outline(right, weights[half:], random)


def seamless(parts):
    """Give every part exactly the corners of its neighbours, so that edges are the same line for both."""
    lines = unary_union([part.exterior for part in parts])
    tree, found = STRtree(parts), {}
    for face in polygonize([lines]).geoms:
        found[int(tree.query(face.representative_point(), predicate="within")[0])] = face
    return [found[number] for number in range(len(parts))]


def to_degrees(part):
    """Turn metres around the centre into a closed ring of (lon, lat)."""
    return tuple(degrees_of(x, y) for x, y in part.exterior.coords)


def degrees_of(x, y):
    across = METRES_A_DEGREE * math.cos(math.radians(CENTRE[1]))
    return round(CENTRE[0] + x / across, DIGITS), round(CENTRE[1] + y / METRES_A_DEGREE, DIGITS)


def spot(part, random):
    """Find a place well inside the part."""
    west, south, east, north = part.bounds
    inner = part.buffer(-min(east - west, north - south) / 8)
    for _ in range(60):
        point = Point(random.uniform(west, east), random.uniform(south, north))
        if inner.contains(point):
            return point
    return part.representative_point()


def _halfway(weights):
    total, so_far = sum(weights), 0
    for number, weight in enumerate(weights[:-1], 1):
        so_far += weight
        if so_far * 2 >= total:
            return number
    return len(weights) - 1


def _in_two(outline, share, random):
    """Cut across the longer side with a slightly bent line; a straight one where the bent one fails."""
    lean, bend = random.uniform(-9, 9), random.uniform(-0.05, 0.05)
    for how in ((lean, bend), (lean, 0), (0, 0)):
        parts = _by_line(outline, share, *how)
        if len(parts) == 2:
            return parts
    raise ValueError("an outline could not be cut in two")


def _by_line(outline, share, lean, bend):
    along = _long_direction(outline)
    turned = rotate(outline, -along + lean, origin=(0, 0))
    west, south, east, north = turned.bounds
    low, high, parts = west, east, []
    for _ in range(40):
        middle = (low + high) / 2
        line = _bent(middle, south, north, bend * (east - west))
        parts = sorted(split(turned, line).geoms, key=lambda part: part.centroid.x)
        if len(parts) != 2:
            left = sum(part.area for part in parts if part.centroid.x < middle)
        else:
            left = parts[0].area
        low, high = (middle, high) if left < share * turned.area else (low, middle)
    return [rotate(part, along - lean, origin=(0, 0)) for part in parts]


def _bent(x, south, north, bend):
    third = (north - south) / 3
    return LineString(
        [
            (x, south - 50),
            (x, south),
            (x + bend, south + third),
            (x - bend, north - third),
            (x, north),
            (x, north + 50),
        ]
    )


def _long_direction(outline):
    """The direction of the longer side of the narrowest box around the outline, in degrees."""
    corners = list(outline.minimum_rotated_rectangle.exterior.coords)
    sides = [(corners[n], corners[n + 1]) for n in range(2)]
    (x1, y1), (x2, y2) = max(sides, key=lambda side: math.dist(*side))
    return math.degrees(math.atan2(y2 - y1, x2 - x1))


def outline_of(corners):
    return Polygon(corners)
