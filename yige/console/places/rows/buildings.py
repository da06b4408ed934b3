"""The list of buildings and what the page of one shows, cut to what the one who asks may see; read-only."""

from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from yige.accounts.scope import posts_with
from yige.archive.models import Building, Home, Household
from yige.archive.words import HomeUse
from yige.console.places.rows.place_lists import in_grid
from yige.contact.models.figures import HOME_FIGURES
from yige.contact.published_figures import HOME_FACTS
from yige.lib.typed_values import read_number


class Entrance(NamedTuple):
    """The homes behind one entrance; each home with the household files that the reader may open."""

    name: str
    homes: list


def buildings(user, at, asked):
    homes = Home.objects.filter(building=OuterRef("pk")).order_by().values("building").annotate(n=Count("pk"))
    rows = Building.objects.visible_to(user, at).select_related("grid")
    rows = in_grid(rows, asked).annotate(home_count=Coalesce(Subquery(homes.values("n")), 0))
    for word in asked["words"].split()[:4]:
        rows = rows.filter(Q(estate__icontains=word) | Q(name__icontains=word))
    return rows.order_by("grid_path", "estate", "name", "pk")


def sees_doors(user, building, at):
    """Say whether somebody sees a building home by home; the other heads see numbers (design §6)."""
    return bool(posts_with(user, at, "write_files", building.grid_path))


def units(building, user, at):
    """Return the homes of a building by entrance, from the top down; a household is named by its link alone."""
    homes = sorted(Home.objects.visible_to(user, at).filter(building=building), key=stairs)
    files = {}
    rows = Household.objects.visible_to(user, at).filter(home__building=building, ended_at=None)
    for home, household in rows.order_by("made_at").values_list("home_id", "pk"):
        files.setdefault(home, []).append(household)
    for home in homes:
        home.files = files.get(home.pk, [])
    return [Entrance(name, list(group)) for name, group in groupby(homes, key=lambda home: home.unit)]


def stairs(home):
    number = read_number(home.unit) or 0
    return number, home.unit, -(home.floor or 0), home.room


def counts(building, user, at, *, sees_doors):
    """Return [(label, number)] about a building; who sees no doors is told how many there are, and nothing of a home."""
    rows = Home.objects.visible_to(user, at).filter(building=building)
    if not sees_doors:
        return [("房屋", rows.count())]
    told = rows.aggregate(
        homes=Count("pk"),
        **{name: Count("pk", filter=fact) for name, fact in HOME_FACTS.items()},
        **{use: Count("pk", filter=Q(use=use)) for use in HomeUse.values},
    )
    used = [(use.label, told[use.value]) for use in HomeUse if told[use.value]]
    return [("房屋", told["homes"]), *used, *((label, told[name]) for name, label in HOME_FIGURES)]
