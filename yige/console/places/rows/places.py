"""What the pages of buildings, things and organisations show, cut to what the one who asks may see; read-only."""

from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yige.archive.models import Building, Home, Household, Organisation, Thing
from yige.archive.places import components
from yige.archive.places.checks import HOME_KEEPERS
from yige.archive.words import HomeUse, ThingState, YesNo
from yige.console.nav import SEE_PATROLS, SEE_PLACES
from yige.console.places.forms.places import grids_of
from yige.contact.models import Spot
from yige.steps.s2_discover.actions import PLANNERS

SEE = SEE_PLACES
# Who sees a building home by home; the other heads see numbers (design §6).
DOORS = (*HOME_KEEPERS, "micro_worker")
PATROLS = SEE_PATROLS
FEW = 5
SIZE = 50


class Unit(NamedTuple):
    """The homes behind one entrance; each home with the household files that the reader may open."""

    name: str
    homes: list


def asked_of(request, *names):
    """Return the filters of a list as they were asked, shortened."""
    return {name: request.GET.get(name, "").strip()[:60] for name in names}


def buildings(user, at, asked):
    homes = Home.objects.filter(building=OuterRef("pk")).order_by().values("building").annotate(n=Count("pk"))
    rows = Building.objects.visible_to(user, at).select_related("grid")
    rows = in_grid(rows, asked).annotate(home_count=Coalesce(Subquery(homes.values("n")), 0))
    for word in asked["words"].split()[:4]:
        rows = rows.filter(Q(estate__icontains=word) | Q(name__icontains=word))
    return rows.order_by("grid_path", "estate", "name", "pk")


def things(user, at, asked):
    rows = in_grid(Thing.objects.visible_to(user, at).select_related("grid", "unit"), asked)
    for word in asked["words"].split()[:4]:
        rows = rows.filter(Q(code__startswith=word) | Q(name__icontains=word) | Q(place__icontains=word))
    if asked["category"] in components.BY_CODE:
        rows = rows.filter(code__regex=rf"^[0-9]{{6}}{asked['category']}")
    if asked["state"] in ThingState.values:
        rows = rows.filter(state=asked["state"])
    elif asked["state"] != "all":
        rows = rows.exclude(state=ThingState.REMOVED)
    return rows.order_by("grid_path", "code")


def organisations(user, at, asked):
    rows = in_grid(Organisation.objects.visible_to(user, at).select_related("grid", "building"), asked)
    for word in asked["words"].split()[:4]:
        said = Q(name__icontains=word) | Q(address__icontains=word) | Q(services__icontains=word)
        rows = rows.filter(said | Q(code__startswith=word.upper()))
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["state"] != "all":
        rows = rows.filter(closed_at=None)
    return rows.order_by("grid_path", "name", "pk")


def in_grid(rows, asked):
    """Keep what lies below the asked path; nonsense finds nothing."""
    return rows.filter(grid_path__startswith=asked["grid"]) if asked["grid"] else rows


def grid_filter(user, at):
    """Return [(path, name)] of the grids that a list can be cut to."""
    named, rows = grids_of(user, at, SEE)
    return [(rows[pk].path, name) for pk, name in named]


def sees_doors(user, building, at):
    return any(post.role in DOORS and post.covers(building.grid_path) for post in user.posts_at(at))


def units(building, user, at):
    """Return the homes of a building by entrance, from the top down; a household is named by its link alone."""
    homes = sorted(Home.objects.visible_to(user, at).filter(building=building), key=stairs)
    files = {}
    rows = Household.objects.visible_to(user, at).filter(home__building=building, ended_at=None)
    for home, household in rows.order_by("made_at").values_list("home_id", "pk"):
        files.setdefault(home, []).append(household)
    for home in homes:
        home.files = files.get(home.pk, [])
    return [Unit(name, list(group)) for name, group in groupby(homes, key=lambda home: home.unit)]


def stairs(home):
    number = int(home.unit) if home.unit.isascii() and home.unit.isdecimal() else 0
    return number, home.unit, -(home.floor or 0), home.room


def counts(building, user, at, *, exact):
    """Return [(label, number)] about a building; whoever sees no doors sees no number below five."""
    rows = Home.objects.visible_to(user, at).filter(building=building)
    told = rows.aggregate(
        homes=Count("pk"),
        gas=Count("pk", filter=Q(gas=YesNo.YES)),
        blocked=Count("pk", filter=Q(escape_clear=YesNo.NO)),
        charging=Count("pk", filter=Q(indoor_charging=YesNo.YES)),
        **{use: Count("pk", filter=Q(use=use)) for use in HomeUse.values},
    )
    safe = [
        ("用瓶装气", told["gas"]),
        ("逃生口不畅通", told["blocked"]),
        ("电动车进屋充电", told["charging"]),
    ]
    used = [(use.label, told[use.value]) for use in HomeUse if told[use.value]]
    return [("房屋", told["homes"]), *((label, few(number, exact)) for label, number in [*used, *safe])]


def few(number, exact):
    return number if exact or number == 0 or number >= FEW else f"少于 {FEW}"


def rounds_of(user, at, row, name):
    """Return what a page says of rounds: the places that belong to a building, a thing or an organisation."""
    held = user.posts_at(at)
    if not any(post.role in PATROLS for post in held):
        return {"patrols": False}
    spots = Spot.objects.visible_to(user, at).filter(active=True, **{name: row}).order_by("name")
    planner = any(post.role in PLANNERS and post.covers(row.grid_path) for post in held)
    return {"patrols": True, "spots": spots, "planner": planner, "query": f"{name}={row.pk}"}


def on_grid(verb):
    """Return a verb that begins with a grid, as a form says it: the grid is one of its fields."""

    def call(subject, *, grid=None, **said):
        return verb(grid, **said)

    return call


def is_id(text):
    """Say whether a text of an address is an id at all."""
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True
