"""What the people's map says of an area: counts in micro-grids and buildings, never a person's point.

Small counts are told as `lib/small_numbers.py` says: to everybody for service labels, which stand on a map that may hang on
a wall; for the other counts to all but those who may open every file of the place. A household that wishes no visits
is never counted as not visited for long. Every function asks the database a fixed number of times.
"""

from collections import Counter, defaultdict
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Concat

from yige.accounts.queries import heads_of
from yige.accounts.scope import NOTHING, posts_of
from yige.archive import labels
from yige.archive.models import Building, Home, Household, Label, Organisation, Thing
from yige.archive.words import ThingState
from yige.cases.models import Case
from yige.contact.models import Promise
from yige.contact.people_map_totals import cell_or_exact, path_and_above, totals_of_areas, totals_of_buildings
from yige.contact.plans import LONG_WITHOUT_VISIT
from yige.contact.promises import DUE_SOON
from yige.grids.models import Grid
from yige.lib import small_numbers
from yige.lib.local_time import local_day
from yige.lib.short_cache import ShortCache
from yige.lib.small_numbers import NOTHING as ZERO
from yige.lib.small_numbers import CountRange

MOST_ON_MAP = 10_000
_kept = ShortCache(60)


class MapReach(NamedTuple):
    """The areas that somebody's map shows, and those of them whose files he or she may open."""

    paths: tuple
    files: tuple

    def on(self, field="grid_path") -> Q:
        found = NOTHING
        for path in self.paths:
            found |= Q(**{f"{field}__startswith": path})
        return found

    def opens(self, path) -> bool:
        return path.startswith(self.files) if self.files else False


class MapArea(NamedTuple):
    """One grid of the tree, its heads, and what is told of it."""

    path: str
    name: str
    level: int
    heads: list
    households: CountRange
    late: CountRange
    due: CountRange
    broken: CountRange


class MapBuilding(NamedTuple):
    """One building and what is told of it; `labels` are (label, told) of those that anybody has there."""

    pk: object
    grid_path: str
    kind: str
    name: str
    lon: float | None
    lat: float | None
    households: CountRange
    labels: list


def reach_of(user, at) -> MapReach:
    """Return what the posts of this moment on the tree let somebody see on the map; offices beside it see nothing."""
    posts = [post for post in posts_of(user, at) if post.rule.level]
    files = [post.path for post in posts if post.rule.files in ("area", "keeper")]
    return MapReach(tuple(sorted({post.path for post in posts})), tuple(sorted(set(files))))


# ── micro-grids, grids, communities ──


def areas_in_reach(reach, at, under="") -> list[MapArea]:
    """Return the areas in reach, in order of the tree: two statements, and three more once a minute.

    How many households live where, the names and the heads change rarely; they are kept for a minute.
    """
    kept = local_day(at)
    names = _kept.of((reach.paths, kept), lambda: _names(reach, at))
    lived = _kept.of((reach, kept), lambda: totals_of_buildings(_households(reach), reach))
    late, (due, broken) = _late(reach, at), _promises(reach, at)
    told = [lived, *(totals_of_areas(counts, reach) for counts in (late, due, broken))]
    return [
        MapArea(*named, *(counts.get(named[0], ZERO) for counts in told))
        for named in names
        if named[0].startswith(under)
    ]


def _names(reach, at):
    """Return (path, name, level, heads) of the grids in reach."""
    rows = Grid.objects.current().filter(reach.on("path")).order_by("path")
    rows = list(rows.values_list("path", "name", "level"))
    heads = heads_of([path for path, *_ in rows], at)
    return [(*row, heads.get(row[0], [])) for row in rows]


def _households(reach, under=""):
    """Return the numbers of households as {area: {building: count}}."""
    rows = Household.objects.current().filter(reach.on(), grid_path__startswith=under).order_by()
    homes = defaultdict(dict)
    for path, building, count in rows.values_list("grid_path", "home__building_id").annotate(all=Count("pk")):
        homes[path][building] = count
    return homes


def _late(reach, at):
    """Return the numbers of households not visited for long as {area: count}."""
    rows = Household.objects.current().filter(reach.on(), not_visited_for_long(at)).order_by()
    return dict(rows.values_list("grid_path").annotate(all=Count("pk")))


def not_visited_for_long(at) -> Q:
    """Return the condition on households that nobody met or tried to meet for long, and that do not wish otherwise."""
    since = at - LONG_WITHOUT_VISIT
    return (
        Q(made_at__lt=since)
        & (Q(met_at=None) | Q(met_at__lt=since))
        & (Q(tried_at=None) | Q(tried_at__lt=since))
        & (Q(declines_until=None) | Q(declines_until__lt=local_day(at)))
    )


def _promises(reach, at):
    """Return the promises due within a week and those whose day has passed, of each area; never both in one number."""
    day = local_day(at)
    rows = Promise.objects.open().filter(reach.on(), due_on__lte=day + DUE_SOON)
    rows = rows.order_by().values_list("grid_path")
    due, broken = {}, {}
    for path, late, soon in rows.annotate(
        late=Count("pk", filter=Q(due_on__lt=day)), soon=Count("pk", filter=Q(due_on__gte=day))
    ):
        due[path], broken[path] = soon, late
    return due, broken


def open_cases_by_area(user, at) -> Counter:
    """Return the number of open cases that somebody sees, for each area that holds them: one statement."""
    rows = Case.objects.visible_to(user, at).open().order_by().values_list("grid_path")
    found = Counter()
    for path, count in rows.annotate(count=Count("pk")):
        found.update(dict.fromkeys(path_and_above(path), count))
    return found


# ── buildings and their homes ──


def buildings_in_reach(reach, at, under="") -> list[MapBuilding]:
    """Return the buildings in reach with their counts: three statements."""
    homes = _households(reach, under)
    held = _labels(reach, at, under)
    rows = Building.objects.filter(reach.on(), grid_path__startswith=under).order_by(
        "grid_path", "estate", "name"
    )
    return [
        MapBuilding(
            row.pk, row.grid_path, row.kind, str(row), row.lon, row.lat, *_told_of(row, homes, held, reach)
        )
        for row in rows
    ]


def _told_of(row, homes, held, reach):
    lived = homes.get(row.grid_path, {}).get(row.pk, 0)
    told = [
        (label.label, small_numbers.cell(held[label.name][row.grid_path][row.pk], k_of(label)))
        for label in labels.LABELS
        if held[label.name][row.grid_path].get(row.pk)
    ]
    return cell_or_exact(lived, exact=reach.opens(row.grid_path)), told


def label_totals(reach, at, under) -> list[tuple[str, CountRange]]:
    """Return (label, told) of an area as a whole, for those that anybody has there: one statement."""
    held, nobody = _labels(reach, at, under), MapReach(reach.paths, ())
    told = ((label, totals_of_buildings(held[label.name], nobody, k_of(label))) for label in labels.LABELS)
    return [(label.label, found[under]) for label, found in told if under in found]


def k_of(label) -> int:
    """Cells about small children are told from ten on."""
    return small_numbers.K_MINORS if label.name == "infant_care" else small_numbers.K


def _labels(reach, at, under):
    """Return {label: {area: {building: count}}} of the people who live in buildings."""
    rows = Label.objects.held_on(local_day(at)).order_by()
    rows = rows.filter(
        reach.on("person__grid_path"), person__grid_path__startswith=under, person__removed_at=None,
        person__merged_into=None, person__household__ended_at=None, person__household__home__isnull=False,
    )  # fmt: skip
    rows = rows.values_list("kind", "person__grid_path", "person__household__home__building_id")
    found = defaultdict(lambda: defaultdict(dict))
    for kind, path, building, count in rows.annotate(count=Count("pk")):
        found[kind][path][building] = count
    return found


def building_in_reach(reach, at, pk) -> tuple[Building, MapBuilding] | None:
    """Return (row, its Block) of one building in reach, or None."""
    row = Building.objects.filter(reach.on(), pk=pk).first()
    if row is None:
        return None
    return row, next(block for block in buildings_in_reach(reach, at, row.grid_path) if block.pk == row.pk)


def homes_with_files(row, user, at) -> list[tuple[Home, Household]]:
    """Return the homes of a building with the household whose file the user may open, or None; all homes to who sees all."""
    mine = Household.objects.visible_to(user, at).current().filter(home__building=row)
    files = {household.home_id: household for household in mine}
    doors = Home.objects.filter(building=row).select_related("building").order_by("unit", "floor", "room")
    sees_all = reach_of(user, at).opens(row.grid_path)
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
