"""What the map of open cases shows: points with the state of their mark, counts of each grid, outlines."""

import json
from typing import NamedTuple

from django.db.models import Case as When
from django.db.models import Count, FloatField, Func, Q, SmallIntegerField
from django.db.models import When as If

from yige.cases.models import Case
from yige.grids import shapes
from yige.grids.models import Grid, GridOutline, Level, TreeVersion
from yige.lib.local_time import local_day, start_of_next_day

MOST_POINTS = 10_000
# The state of a mark as the map colours it: name → (word, colour token).
TONES = {
    "late": ("已超时", "--yg-red"),
    "today": ("今天到期", "--yg-amber"),
    "parked": ("已挂账", "--yg-ink-faint"),
    "waiting": ("未到期", "--yg-accent"),
}
_drawn = {"version": None, "text": ""}


class ToTheMetre(Func):
    """A degree to about a metre."""

    template = "(%(expressions)s * 100000)::int4 / 100000.0::float8"
    output_field = FloatField()


class AreaCounts(NamedTuple):
    """One grid or community and what is open in it."""

    path: str
    name: str
    level: int
    open: int
    late: int
    today: int


def points(user, at, only=None) -> list:
    """Return (lon, lat, number of the tone, serial) of the open cases that have a point, the newest first.

    `only` is a queryset of the ids of the cases that are shown alone.
    """
    rows = Case.objects.visible_to(user, at).open().filter(lon__isnull=False).order_by("-serial")
    # The database says the tone: moments are dear to bring over, small numbers are not.
    rows = rows if only is None else rows.filter(pk__in=only)
    rows = rows.annotate(tone=tone(at)).values_list(ToTheMetre("lon"), ToTheMetre("lat"), "tone", "serial")
    return list(rows[:MOST_POINTS])


def tone(at) -> When:
    return When(
        If(next_mark_at__lt=at, then=0),
        If(parked_until__isnull=False, handled_at=None, then=2),
        If(next_mark_at__lt=start_of_next_day(local_day(at)), then=1),
        default=3,
        output_field=SmallIntegerField(),
    )


def counts_of_areas(user, at) -> list:
    """Return the grids and communities with open cases, in order of the tree: two statements."""
    midnight = start_of_next_day(local_day(at))
    open_cases = Case.objects.visible_to(user, at).open().order_by()
    counted = open_cases.values_list("grid_path").annotate(
        open=Count("pk"),
        late=Count("pk", filter=Q(next_mark_at__lt=at)),
        today=Count("pk", filter=Q(next_mark_at__gte=at, next_mark_at__lt=midnight)),
    )
    totals = totals_of_areas(counted)
    named = (
        Grid.objects.current().filter(path__in=totals).order_by("path").values_list("path", "name", "level")
    )
    return [AreaCounts(path, name, level, *totals[path]) for path, name, level in named]


def totals_of_areas(counted) -> dict[str, list[int]]:
    """Add up what is counted by grid, (path, figure, …), to the areas that hold it: {path of an area: figures}."""
    totals = {}
    for path, *figures in counted:
        for above in areas_of(path):
            before = totals.get(above) or [0] * len(figures)
            totals[above] = [one + other for one, other in zip(before, figures, strict=True)]
    return totals


def areas_of(path) -> list[str]:
    """Return the paths of the community and the grid that hold a path; the subdistrict's own for what lies above."""
    parts = path.strip("/").split("/")
    lengths = [length for length in (2, 3) if length <= len(parts)] or [1]
    return ["/" + "/".join(parts[:length]) + "/" for length in lengths]


def map_json(user, at, only=None) -> str:
    """Return points and counts as JSON text."""
    rows = {
        row.path: (row.open, row.late, row.today)
        for row in counts_of_areas(user, at)
        if row.level == Level.GRID
    }
    return json.dumps({"points": points(user, at, only), "counts": rows}, separators=(",", ":"))


def tree_version() -> str:
    return str(TreeVersion.objects.values_list("number", flat=True).first() or 0)


def outlines_json() -> str:
    """Return the outlines of all level-3 grids as GeoJSON text, drawn once for each version of the tree."""
    now = tree_version()
    if _drawn["version"] != now:
        _drawn.update(text=json.dumps(collection(), ensure_ascii=False, separators=(",", ":")), version=now)
    return _drawn["text"]


def collection() -> dict[str, list | str]:
    rows = GridOutline.objects.filter(valid_until=None, grid__valid_until=None, grid__level=Level.GRID)
    rows = rows.order_by("grid__path").values_list("grid__path", "grid__name", "shape")
    return {"type": "FeatureCollection", "features": [feature(*row) for row in rows]}


def feature(path, name, shape) -> dict:
    drawn = shapes.to_geojson(shape)
    about = {"path": path, "name": name, "middle": [round(part, 6) for part in shapes.centre(shape)]}
    return {"type": "Feature", "geometry": drawn, "properties": about}
