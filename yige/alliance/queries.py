"""Which calls are shown to whom: those that come, those near a home, those of one person, those for one case."""

from typing import NamedTuple

from django.db.models import OuterRef, QuerySet

from yige.alliance.models import Seat, VolunteerCall
from yige.alliance.organisations import shown_organisations
from yige.alliance.seats import short_overlaps
from yige.alliance.words import CallState, SeatState
from yige.grids.models import Grid, Level

MOST_PAST = 50


def coming_calls(at, path="") -> QuerySet:
    """Return the calls of a place that come, with how many are still wanted, the next first."""
    rows = VolunteerCall.objects.public().coming(at).with_held()
    return rows.below(path) if path else rows


def communities_calling(at) -> list[Grid]:
    """Return the communities in which something comes, to choose among."""
    paths = (
        VolunteerCall.objects.public().coming(at).order_by().values_list("grid_path", flat=True).distinct()
    )
    above = {"/".join(path.split("/")[:3]) + "/" for path in paths}
    rows = Grid.objects.public().filter(level=Level.COMMUNITY, path__in=above)
    return list(rows.order_by("path"))


def communities_with_organisations() -> list[Grid]:
    """Return the communities in which a social organisation has its page, to choose among."""
    paths = shown_organisations().order_by().values_list("grid_path", flat=True).distinct()
    above = {"/".join(path.split("/")[:3]) + "/" for path in paths}
    return list(Grid.objects.public().filter(level=Level.COMMUNITY, path__in=above).order_by("path"))


class OwnSeat(NamedTuple):
    """One's own seat with its call, and the other calls that it meets for a short while."""

    seat: Seat
    call: VolunteerCall
    meets: list[VolunteerCall]


def own_seats(person, at) -> tuple[list[OwnSeat], list[Seat]]:
    """Return (what comes, what was) of one person, for this person alone."""
    seats = Seat.objects.filter(person=person).select_related("call__unit", "call__grid")
    coming = seats.filter(call__state=CallState.OPEN, call__ends_at__gt=at).exclude(state=SeatState.REMOVED)
    past = seats.exclude(pk__in=coming.values("pk")).order_by("-call__starts_at")
    rows = [
        OwnSeat(seat, seat.call, short_overlaps(seat.call, person, at))
        for seat in coming.order_by("call__starts_at")
    ]
    return rows, list(past[:MOST_PAST])


def seats_of_people(people) -> list[Seat]:
    """Return what these people signed up for and what still comes, for who was asked at the door to write it down."""
    seats = Seat.objects.filter(person__in=people, call__state=CallState.OPEN).exclude(
        state=SeatState.REMOVED
    )
    return list(seats.select_related("call").order_by("call__starts_at", "turn"))


def seat_of(call, person) -> Seat | None:
    return call.seats.filter(person=person).first()


def help_that_came(case) -> list[VolunteerCall]:
    """Return the calls for a case that are done, for whoever reported it: what was done, not who came."""
    return list(VolunteerCall.objects.filter(case=case, state=CallState.DONE).order_by("ended_at", "id"))


def help_for_case() -> dict:
    """Return what says in the row of a case which call for it comes or was, the last one."""
    last = VolunteerCall.objects.filter(case=OuterRef("pk")).exclude(state=CallState.CANCELLED)
    last = last.order_by("-opened_at", "-pk")
    return {
        "help_id": last.values("pk")[:1],
        "help_title": last.values("title")[:1],
        "help_at": last.values("starts_at")[:1],
    }
