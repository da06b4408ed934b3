"""Which places were looked at and which are due, by place and by grid; no figure here is about a person."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q, QuerySet, Value

from yige.contact.models import Look, Patrol, Route, Spot
from yige.contact.reach import path_and_above, reach_of
from yige.contact.told_above import ToldAbove, visitors_by_area
from yige.grids.models import Grid, Level
from yige.lib.local_time import local_day, start_of_day

DAY = Value(timedelta(days=1), DurationField())
NEVER, LATE, DUE, LATER = "never", "late", "due", "later"
STANDING_WORDS = {NEVER: "还没看过", LATE: "已过期", DUE: "今天该看", LATER: "还没到时候"}
STANDING_TONES = {NEVER: "care", LATE: "bad", DUE: "care", LATER: "good"}


class Standing(NamedTuple):
    """How a place stands today: its word, the day it is due (None when it was never looked at)."""

    state: str
    due_on: object

    @property
    def word(self) -> str:
        return STANDING_WORDS[self.state]

    @property
    def tone(self) -> str:
        return STANDING_TONES[self.state]

    @property
    def is_due(self) -> bool:
        return self.state != LATER


def standing_of(looked_at, every_days, at) -> Standing:
    """Say how a place stands: looked at on Monday and every seven days, it is due on the next Monday."""
    if looked_at is None:
        return Standing(NEVER, None)
    due_on = local_day(looked_at) + timedelta(days=every_days)
    today = local_day(at)
    return Standing(LATER if due_on > today else DUE if due_on == today else LATE, due_on)


def spot_is_due(at) -> Q:
    """Return the condition on places that are due today or before."""
    return Q(looked_at=None) | Q(looked_at__lt=_begun(at, 1))


def spot_is_late(at) -> Q:
    """Return the condition on places whose day has passed."""
    return Q(looked_at__lt=_begun(at, 0))


def _begun(at, days):
    """Return the moment before which a place must have been looked at last to be due (1) or late (0) today."""
    end = start_of_day(local_day(at) + timedelta(days=days))
    return ExpressionWrapper(Value(end) - F("every_days") * DAY, output_field=Look._meta.get_field("at"))


def spots_in_use(user, at) -> QuerySet:
    """Return the places in use within reach, the most pressing first, with what stands there."""
    rows = Spot.objects.visible_to(user, at).filter(active=True)
    return rows.select_related("grid", "route", "building", "organisation", "thing")


def most_pressing_first(rows, at) -> QuerySet:
    """Order places by how long they have waited beyond their own cadence; those never looked at come first."""
    gone = ExpressionWrapper(F("looked_at") + F("every_days") * DAY, output_field=Look._meta.get_field("at"))
    return rows.alias(due_at=gone).order_by(
        F("due_at").asc(nulls_first=True), "grid_path", "place_in_route", "name"
    )


def spots_of_patrol(patrol, user, at) -> QuerySet:
    """Return the places of a round in the order they are walked."""
    rows = spots_in_use(user, at)
    rows = (
        rows.filter(route=patrol.route)
        if patrol.route_id
        else rows.filter(grid_path__startswith=patrol.grid_path)
    )
    return rows.order_by("route__name", "place_in_route", "name", "id")


def spots_on_route(route, user, at) -> QuerySet:
    """Return the places of a route within reach, in its order."""
    return spots_in_use(user, at).filter(route=route).order_by("place_in_route", "name", "pk")


def routes_in_use(user, at) -> QuerySet:
    """Return the routes within reach, each with the number of its places."""
    rows = Route.objects.visible_to(user, at).filter(active=True).select_related("grid")
    return rows.annotate(places=Count("spots", filter=Q(spots__active=True))).order_by("grid_path", "name")


class Round(NamedTuple):
    """What can be walked: a route, or a whole grid (then `route` is None), and how its places stand."""

    route: object
    grid: object
    places: int
    due: int
    never: int
    oldest: object

    @property
    def name(self) -> str:
        return self.route.name if self.route else "全部地点"


def rounds_to_walk(user, at, paths) -> list:
    """Return the routes within reach, then each grid of `paths` as a whole; only those with places to look at."""
    rows = Spot.objects.visible_to(user, at).filter(active=True)
    by_route = {
        row["route_id"]: row
        for row in rows.exclude(route=None).order_by().values("route_id").annotate(**spot_figures(at))
    }
    routes = (
        Route.objects.visible_to(user, at).filter(active=True, pk__in=list(by_route)).select_related("grid")
    )
    found = [_round(route, route.grid, by_route[route.pk]) for route in routes.order_by("grid_path", "name")]
    for grid in Grid.objects.current().filter(path__in=paths).order_by("path"):
        below = rows.filter(grid_path__startswith=grid.path).aggregate(**spot_figures(at))
        found += [_round(None, grid, below)] if below["places"] else []
    return found


def _round(route, grid, row):
    return Round(route, grid, row["places"], row["due"], row["never"], row["oldest"])


def spot_figures(at) -> dict:
    """Say how places are counted: how many there are, are due, are late, were never looked at, and the oldest look."""
    return {
        "places": Count("id"),
        "due": Count("id", filter=spot_is_due(at)),
        "late": Count("id", filter=spot_is_late(at)),
        "never": Count("id", filter=Q(looked_at=None)),
        "oldest": Min("looked_at"),
    }


class GridRounds(NamedTuple):
    """How the places of one grid stand: how many there are, are due, late, never looked at; the oldest look."""

    path: str
    name: str
    places: int
    due: int
    late: int
    never: int
    oldest: object


def areas_of_rounds(user, at) -> ToldAbove:
    """Say under which area places stand before this reader: whose round it is shows as little as whose visits."""
    reach = reach_of(user, at)
    paths = (
        Spot.objects.visible_to(user, at).filter(active=True).order_by().values_list("grid_path", flat=True)
    )
    cells = {path_and_above(path)[: Level.GRID][-1] for path in paths.distinct()}
    return ToldAbove(reach, visitors_by_area(reach, at), cells)


def patrol_coverage(user, at, areas) -> list[GridRounds]:
    """Return one row a grid; places in the area of one person count in the area above, save for that person's head."""
    rows, found = Spot.objects.visible_to(user, at).filter(active=True).order_by(), {}
    for row in rows.values("grid_path").annotate(**spot_figures(at)):
        found.setdefault(areas.shown(row.pop("grid_path")), []).append(row)
    names = names_of(found)
    return [_grid_rounds(path, names[path], found[path]) for path in sorted(found) if path]


def names_of(paths) -> dict[str, str]:
    return dict(Grid.objects.current().filter(path__in=set(paths)).values_list("path", "name"))


def _grid_rounds(path, name, rows):
    counts = (sum(row[figure] for row in rows) for figure in ("places", "due", "late", "never"))
    looks = [row["oldest"] for row in rows if row["oldest"]]
    return GridRounds(path, name, *counts, min(looks, default=None))


def not_looked_at_since(user, at, *, days) -> list:
    """Return the places that nobody has looked at for so many days, or ever."""
    since = at - timedelta(days=days)
    return most_pressing_first(spots_in_use(user, at).filter(Q(looked_at=None) | Q(looked_at__lt=since)), at)


def looks_on(patrol) -> dict:
    """Return what was looked at on a round, by place."""
    return {row.spot_id: row for row in Look.objects.filter(patrol=patrol).select_related("case")}


def looks_at(spot) -> QuerySet:
    """Return when a place was looked at and what was found, newest first; by which unit, not by whom."""
    return Look.objects.filter(spot=spot).select_related("case", "patrol__unit").order_by("-at", "-id")


def patrol_of(user, pk) -> Patrol | None:
    """Return a round that this person began, or None."""
    return Patrol.objects.filter(pk=pk, by=user).select_related("route__grid", "unit").first()
