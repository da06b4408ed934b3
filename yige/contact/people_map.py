"""What the people's map says of an area: published numbers and duties of grids, doors of buildings, never a person's point.

The numbers of households are those of `area_figures`; nobody's name stands beside one. An area that is one person has no
figures here but for that person and the head directly above. Every function asks the database a fixed number of times.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Concat

from yige.archive.models import Building, Home, Household, Organisation, Thing
from yige.archive.words import ThingState
from yige.cases.models import Case
from yige.contact.area_figures import AreaFigures, figures_of, figures_of_areas
from yige.contact.models import Promise
from yige.contact.promises import DUE_SOON
from yige.contact.published_figures import published_below
from yige.contact.reach import path_and_above
from yige.contact.told_above import ToldAbove, visitors_by_area
from yige.grids.models import Grid, Level
from yige.lib.local_time import local_day
from yige.lib.short_cache import ShortCache

MOST_ON_MAP = 10_000
_kept = ShortCache(60)


class MapArea(NamedTuple):
    """One grid of the tree and what is told of it; where `is_told` is false, its figures stand one level up."""

    path: str
    name: str
    level: int
    is_told: bool
    figures: AreaFigures
    due: int
    broken: int


class MapBuilding(NamedTuple):
    """One building and the number of its doors, which anybody counts from the street."""

    pk: object
    grid_path: str
    kind: str
    name: str
    lon: float | None
    lat: float | None
    homes: int


# ── micro-grids, grids, communities ──


def areas_in_reach(reach, at, under="") -> list[MapArea]:
    """Return the areas in reach, in order of the tree: two statements at most, and three more once a minute.

    What is published, the names and who visits where change rarely; they are kept for a minute.
    """
    names, visitors = _kept.of((reach, local_day(at)), lambda: (_names(reach), visitors_by_area(reach, at)))
    told = ToldAbove(reach, visitors, published_below(reach.paths).cells)
    figures, (due, broken) = figures_of_areas(reach, at), _promises(reach, at)
    return [
        MapArea(
            path, name, level, told.reads(path), figures_of(figures, reach, path), due[path], broken[path]
        )
        for path, name, level in names
        if path.startswith(under)
    ]  # fmt: skip


def areas_listed(reach, at) -> list[MapArea]:
    """Return the areas that tables list: communities and grids, and the micro-grids whose figures this reader reads."""
    rows = areas_in_reach(reach, at)
    return [row for row in rows if row.level > Level.SUBDISTRICT and (row.level < Level.MICRO or row.is_told)]


def _names(reach):
    rows = Grid.objects.current().filter(reach.on("path")).order_by("path")
    return list(rows.values_list("path", "name", "level"))


def _promises(reach, at):
    """Return the promises due within a week and those whose day has passed, by area; a duty of units, told as it is."""
    day = local_day(at)
    rows = Promise.objects.open().filter(reach.on(), due_on__lte=day + DUE_SOON)
    rows = rows.order_by().values_list("grid_path")
    due, broken = Counter(), Counter()
    for path, late, soon in rows.annotate(
        late=Count("pk", filter=Q(due_on__lt=day)), soon=Count("pk", filter=Q(due_on__gte=day))
    ):
        for area in path_and_above(path):
            due[area] += soon
            broken[area] += late
    return due, broken


def open_cases_by_area(user, at) -> Counter:
    """Return the number of open cases that somebody sees, for each area that holds them: one statement."""
    rows = Case.objects.visible_to(user, at).open().order_by().values_list("grid_path")
    found = Counter()
    for path, count in rows.annotate(count=Count("pk")):
        found.update(dict.fromkeys(path_and_above(path), count))
    return found


# ── buildings and their homes ──


def buildings_in_reach(reach, under="") -> list[MapBuilding]:
    """Return the buildings in reach with their doors: one statement."""
    rows = Building.objects.filter(reach.on(), grid_path__startswith=under).annotate(doors=Count("homes"))
    return [
        MapBuilding(row.pk, row.grid_path, row.kind, str(row), row.lon, row.lat, row.doors)
        for row in rows.order_by("grid_path", "estate", "name")
    ]


def building_in_reach(reach, pk) -> Building | None:
    return Building.objects.filter(reach.on(), pk=pk).annotate(doors=Count("homes")).first()


def homes_with_files(row, user, at, *, sees_all) -> list[tuple[Home, Household]]:
    """Return the homes of a building with the household whose file the user may open, or None; all homes to who sees all."""
    mine = Household.objects.visible_to(user, at).current().filter(home__building=row)
    files = {household.home_id: household for household in mine}
    doors = Home.objects.filter(building=row).select_related("building").order_by("unit", "floor", "room")
    return [(home, files.get(home.pk)) for home in doors if sees_all or home.pk in files]


# ── things, organisations, search ──


def things_in_reach(reach, under="") -> QuerySet:
    """Return the things of public use in reach, with the unit whose duty each is."""
    rows = Thing.objects.filter(reach.on(), grid_path__startswith=under).exclude(state=ThingState.REMOVED)
    return rows.select_related("unit").order_by("grid_path", "code")[:MOST_ON_MAP]


def organisations_in_reach(reach, under="") -> QuerySet:
    """Return the organisations at work in reach."""
    rows = Organisation.objects.filter(reach.on(), grid_path__startswith=under, closed_at=None)
    return rows.order_by("grid_path", "name")[:MOST_ON_MAP]


def search_in_reach(reach, words, most=8) -> list[list]:
    """Find grids, buildings, things and organisations whose name holds these words: four statements."""
    whole = Concat("estate", "name")
    at_work = Organisation.objects.filter(reach.on(), closed_at=None, name__icontains=words)
    found = (
        Grid.objects.current().filter(reach.on("path"), name__icontains=words).order_by("path"),
        Building.objects.annotate(whole=whole).filter(reach.on(), whole__icontains=words).order_by("whole"),
        Thing.objects.filter(reach.on())
        .filter(Q(name__icontains=words) | Q(place__icontains=words) | Q(code=words))
        .order_by("name", "place"),
        at_work.order_by("name"),
    )
    return [list(rows[:most]) for rows in found]
