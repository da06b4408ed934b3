"""Areas from above, each with its figure, darker where there is more; no tiles of anybody, no script."""

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from yige.web.charts.frame import join_parts, number, width_of

WIDTH, HEIGHT, EDGE = 1000, 800, 10  # of the picture in its own units, and what stays free around it
LETTERS, FIGURES = 40, 60
SHADES = 4  # steps, the first for none
ASIDE = re.compile(r"（[^）]*）")


class Area(NamedTuple):
    """One area of the picture: rings of (lon, lat), a point inside, its figure, what is said below it, where it leads."""

    label: str
    rings: tuple
    middle: tuple[float, float]
    value: int
    note: str
    href: str


class Projection(NamedTuple):
    """How degrees become places of the picture; near enough for some kilometres."""

    west: float
    north: float
    narrow: float
    scale: float
    left: float
    top: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        return self.left + (lon - self.west) * self.narrow * self.scale, self.top + (
            self.north - lat
        ) * self.scale


def area_map(areas: Iterable[Area]) -> SafeString:
    """Draw areas for the eye and the mouse; whoever calls says the same beside it, in a list that a keyboard reaches."""
    areas = [area for area in areas if area.rings]
    if not areas:
        return SafeString("")
    projection, most = (
        fit([point for area in areas for ring in area.rings for point in ring]),
        max(area.value for area in areas),
    )
    shapes = [shape(area, projection, most) for area in areas]
    names = short_names([area.label for area in areas])
    words = [label(area, name, projection) for area, name in zip(areas, names, strict=True)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" fill="currentColor" aria-hidden="true" '
        'focusable="false">{}{}</svg>',
        WIDTH,
        HEIGHT,
        join_parts(shapes),
        join_parts(words),
    )


def fit(points: list[tuple[float, float]]) -> Projection:
    """Let all points lie within the picture, in its middle."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    narrow = math.cos(math.radians((min(lats) + max(lats)) / 2))
    wide, high = max((max(lons) - min(lons)) * narrow, 1e-9), max(max(lats) - min(lats), 1e-9)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    return Projection(
        min(lons), max(lats), narrow, scale, (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    )


def shade_of(value: int, most: int) -> int:
    """Return the step of a figure: none has a step of its own, and the most the darkest."""
    return min(SHADES - 1, 1 + (value - 1) * (SHADES - 1) // most) if value else 0


def shape(area: Area, projection: Projection, most: int) -> SafeString:
    drawn = "".join(
        f"M{'L'.join(pair(projection.place(*point[:2])) for point in ring)}Z" for ring in area.rings
    )
    return format_html(
        '<a href="{}" tabindex="-1"><path data-shade="{}" d="{}"><title>{}</title></path></a>',
        *(area.href, shade_of(area.value, most), drawn, f"{area.label}：{area.value} {area.note}".strip()),
    )


def short_names(names: list[str]) -> list[str]:
    """Return names without what all of them begin with, and without what is said in brackets."""
    plain = [ASIDE.sub("", name) for name in names]
    alike = [len(set(signs)) == 1 for signs in zip(*plain, strict=False)] if len(plain) > 1 else []
    begin = alike.index(False) if False in alike else 0
    return [name[begin:] or name for name in plain]


def label(area: Area, name: str, projection: Projection) -> SafeString:
    """Write the figure into its area, with the name above where it has room and the note below."""
    x, y = projection.place(*area.middle)
    across = [projection.place(*point[:2])[0] for ring in area.rings for point in ring]
    lines = [(name, LETTERS, "name")] if width_of(name, LETTERS) <= max(across) - min(across) else []
    lines.append((area.value, FIGURES, "figure"))
    lines += [(area.note, LETTERS, "note")] if area.note else []
    half = max(width_of(str(words), size) for words, size, _ in lines) / 2
    x = min(max(x, half), WIDTH - half)
    high = sum(size * 1.1 for _, size, _ in lines)
    y, written = min(max(y - high / 2, 0), HEIGHT - high), []
    for words, size, kind in lines:
        y += size * 1.1
        written.append(
            format_html(
                '<text data-kind="{}" x="{}" y="{}" font-size="{}" text-anchor="middle">{}</text>',
                kind,
                number(x),
                number(y - size * 0.2),
                size,
                words,
            )
        )
    return join_parts(written)


def pair(place: tuple[float, float]) -> str:
    return f"{number(place[0])} {number(place[1])}"
