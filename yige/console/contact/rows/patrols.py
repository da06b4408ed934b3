"""What the pages of rounds show: places with how they stand, the most pressing first; read-only, by place."""

from typing import NamedTuple

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from yige.archive.models import Building, Organisation, Thing
from yige.console.places.rows import place_lists
from yige.contact import patrols
from yige.contact.models import Route, Spot
from yige.contact.words import SpotKind
from yige.lib.typed_values import read_id

SIZE = 50
SHOWS = (
    ("", "全部"),
    ("due", "该看的"),
    ("late", "已过期的"),
    ("never", "还没看过的"),
    ("long", "30 天没看的"),
)
LONG = 30  # days
FORM = ("name", "kind", "every_days", "hint", "place_in_route", "lon", "lat")
STANDS = {"building": Building, "thing": Thing, "organisation": Organisation}
KINDS = {"building": SpotKind.COURTYARD, "thing": SpotKind.FACILITY, "organisation": SpotKind.FIRM}


class SpotRow(NamedTuple):
    spot: object
    area: str
    standing: patrols.Standing


def asked_of(request):
    return place_lists.asked_of(request, "show", "grid", "words")


def spots_asked_for(user, at, asked):
    """Return the places within reach that were asked for, the most pressing first."""
    if asked["show"] == "long":
        rows = patrols.not_looked_at_since(user, at, days=LONG)
    else:
        wanted = {
            "due": patrols.spot_is_due(at),
            "late": patrols.spot_is_late(at),
            "never": Q(looked_at=None),
        }
        rows = patrols.most_pressing_first(
            patrols.spots_in_use(user, at).filter(wanted.get(asked["show"], Q())), at
        )
    for word in asked["words"].split()[:4]:
        rows = rows.filter(Q(name__icontains=word) | Q(route__name__icontains=word))
    return place_lists.in_grid(rows, asked)


def area_asked_for(areas, asked):
    """Return the filter with an area under whose name places stand before this reader; nonsense stays nonsense."""
    path = asked["grid"]
    return asked | {"grid": areas.shown(path) or path} if path.endswith("/") else asked


def spot_rows(spots, areas, at):
    """Return places with the area that is named beside them and how each stands today."""
    spots = list(spots)
    shown = {spot.grid_path: areas.shown(spot.grid_path) for spot in spots}
    names = patrols.names_of(shown.values())
    return [
        SpotRow(
            spot, names.get(shown[spot.grid_path], ""), patrols.standing_of(spot.looked_at, spot.every_days, at)
        )
        for spot in spots
    ]  # fmt: skip


def spot(user, at, pk):
    stands = ("grid", "route", "building", "organisation", "thing")
    return get_object_or_404(Spot.objects.visible_to(user, at).select_related(*stands), pk=pk)


def route(user, at, pk):
    return get_object_or_404(
        Route.objects.visible_to(user, at).filter(active=True).select_related("grid"), pk=pk
    )


def spot_values(place):
    """Return what a place says of itself, for its form."""
    return {name: getattr(place, name) for name in FORM} | {"grid": place.grid_id, "route": place.route_id}


def what_stands(request, at):
    """Return the building, thing or organisation that the form was opened from, when it is within reach."""
    for name, model in STANDS.items():
        if asked := read_id(request.GET.get(name)):
            rows = model.objects.visible_to(request.user, at).select_related("grid")
            return {name: get_object_or_404(rows, pk=asked)}
    return {}


def first_words(request, here):
    """Return what is known already of a new place: its route, or what stands there."""
    for name, row in here.items():
        return {"name": str(row)[:60], "kind": KINDS[name], "grid": row.grid_id}
    lane = read_id(request.GET.get("route"))
    found = Route.objects.visible_to(request.user, timezone.now()).filter(pk=lane).first() if lane else None
    return {"route": found.pk, "grid": found.grid_id} if found else {}
