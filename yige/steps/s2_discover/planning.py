"""What belongs to a round: routes, and the places on them with how often each is looked at."""

from typing import NamedTuple

from django.db.models import Max

from yige.archive.models import Building, Organisation, Thing
from yige.archive.places.checks import Faults, insert_once, update_once
from yige.audit.log import action
from yige.contact.models import Route, Spot
from yige.contact.words import SpotKind
from yige.grids.models import Grid
from yige.lib.refusals import Conflict
from yige.steps.s2_discover.actions import post_over

NOT_A_PLANNER = "巡查路线和地点由本网格的网格长和社区书记来定。"
SAME_ROUTE = "这个网格里已经有同名的路线。"
SAME_SPOT = "这个网格里已经有同名的地点。"
LONGEST_CADENCE = 366  # days


class SpotFacts(NamedTuple):
    """What is said of a place to look at; which of the three stands there, if any, says where it is."""

    kind: str
    name: str
    every_days: int = 7
    hint: str = ""
    route: Route | None = None
    place_in_route: int | None = None  # None: behind the last one
    building: Building | None = None
    organisation: Organisation | None = None
    thing: Thing | None = None
    lon: float | None = None
    lat: float | None = None


@action("contact.make_route", makes=Route)
def make_route(grid, *, by, at, id, name) -> Route:
    """Lay a round through a grid."""
    post_over(grid.path, by, at, "plan_rounds", NOT_A_PLANNER)
    return insert_once(
        Route(id=id, grid=grid, grid_path=grid.path, name=_route_name(name)), SAME_ROUTE, "name"
    )


@action("contact.change_route")
def change_route(route, *, by, at, name) -> Route:
    """Give a round another name."""
    route = _route(route, by, at)
    route.name = _route_name(name)
    return update_once(route, ["name"], SAME_ROUTE, "name")


@action("contact.retire_route")
def retire_route(route, *, by, at) -> Route:
    """Take a round out of use; its places stay, without a route."""
    route = _route(route, by, at)
    route.active = False
    route.save(update_fields=["active"])
    Spot.objects.filter(route=route).update(route=None, place_in_route=0)
    return route


@action("contact.make_spot", makes=Spot)
def make_spot(grid, *, by, at, id, **said) -> Spot:
    """Name a place to look at and how often (`SpotFacts`); a building, an organisation or a thing says where it is."""
    facts, grid = check_facts(SpotFacts(**said), grid)
    post_over(grid.path, by, at, "plan_rounds", NOT_A_PLANNER)
    return insert_once(Spot(id=id, grid=grid, grid_path=grid.path, **facts._asdict()), SAME_SPOT, "name")


@action("contact.change_spot")
def change_spot(spot, *, by, at, grid=None, **said) -> Spot:
    """Correct a place to look at; when it was looked at stays."""
    spot = _spot(spot, by, at)
    before = SpotFacts(*(getattr(spot, name) for name in SpotFacts._fields))
    facts, grid = check_facts(before._replace(**said), grid or spot.grid)
    post_over(grid.path, by, at, "plan_rounds", NOT_A_PLANNER)
    for name, value in facts._asdict().items():
        setattr(spot, name, value)
    spot.grid, spot.grid_path = grid, grid.path
    return update_once(spot, [*SpotFacts._fields, "grid", "grid_path"], SAME_SPOT, "name")


@action("contact.retire_spot")
def retire_spot(spot, *, by, at) -> Spot:
    """Take a place out of the rounds; when it was looked at stays on record."""
    spot = _spot(spot, by, at)
    spot.active = False
    spot.save(update_fields=["active"])
    return spot


def check_facts(facts, grid) -> tuple[SpotFacts, Grid]:
    """Return the facts of a place cleaned, and its grid: the chosen one, or that of what stands there."""
    faults = Faults()
    faults.one_of("kind", facts.kind, SpotKind)
    name = faults.line("name", facts.name, 60, "请填写地点，比如“东侧充电棚”。")
    hint = faults.line("hint", facts.hint, 120)
    days = f"几天看一次：1 到 {LONGEST_CADENCE} 的整数。"
    faults.number("every_days", facts.every_days, 1, LONGEST_CADENCE, days)
    here = facts.building or facts.organisation or facts.thing
    grid = faults.grid(grid or (here and here.grid), facts.lon, facts.lat)
    route, place = facts.route, facts.place_in_route
    if route and grid and not (grid.path.startswith(route.grid_path) and route.active):
        faults["route"] = "这条路线不在这个网格，或者已经停用，请另选。"
    faults.number("place_in_route", place or 0, 0, 999, "第几处：0 到 999 的整数。")
    faults.refuse()
    place = _next(route) if place is None else place
    return facts._replace(name=name, hint=hint, place_in_route=place), grid


def _next(route):
    last = (
        Spot.objects.filter(route=route, active=True).aggregate(last=Max("place_in_route")) if route else {}
    )
    return (last.get("last") or 0) + 1 if route else 0


def _route_name(name):
    faults = Faults()
    name = faults.line("name", name, 40, "请填写路线的名字，比如“东院一圈”。")
    faults.refuse()
    return name


def _route(route, by, at):
    route = Route.objects.select_for_update().get(pk=route.pk)
    post_over(route.grid_path, by, at, "plan_rounds", NOT_A_PLANNER)
    if not route.active:
        raise Conflict("这条路线已经停用。")
    return route


def _spot(spot, by, at):
    rows = Spot.objects.select_for_update(of=("self",))
    spot = rows.select_related("grid", "route", "building", "organisation", "thing").get(pk=spot.pk)
    post_over(spot.grid_path, by, at, "plan_rounds", NOT_A_PLANNER)
    if not spot.active:
        raise Conflict("这个地点已经停用，不能再改。")
    return spot
