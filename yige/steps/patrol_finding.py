"""Found on a round: the place becomes a case with its grid, its words and its point filled in, and the look says so."""

from django.db import transaction

from yige.cases.reports import Location, Origin, Problem
from yige.cases.words import Channel, LocatedBy
from yige.contact.models import Look
from yige.contact.words import LookResult
from yige.steps.s2_discover import actions as s2
from yige.steps.s3_report import actions as s3


@transaction.atomic
def report_finding(patrol, *, by, at, spot, words, category, place="", photos=(), key=None) -> Look:
    """Report what was found at a place of this round; both are written or neither. Returns the look with its case."""
    case = s3.report(
        spot.grid,
        by=by,
        at=at,
        key=key,
        problem=Problem(words, category),
        location=Location(place or place_of_spot(spot), LocatedBy.LIST, *point_of_spot(spot)),
        origin=Origin(Channel.PATROL),
        photos=photos,
    )
    seen = s2.look(
        patrol, by=by, at=at, key=f"{key}-look" if key else None, spot=spot, result=LookResult.FOUND, case=case
    )  # fmt: skip
    seen.case = case
    return seen


def place_of_spot(spot) -> str:
    """Return where a place is, in words: its building, organisation or thing where it has one, then its name."""
    if spot.building:
        where = spot.building.estate if spot.building.name in spot.name else str(spot.building)
    elif spot.organisation:
        where = spot.organisation.address
    else:
        where = spot.thing.place if spot.thing else ""
    where = where or ""
    return (spot.name if not where or where in spot.name else f"{where} {spot.name}")[:200]


def point_of_spot(spot) -> tuple[float | None, float | None]:
    """Return the point of a place, its own or that of what stands there; a position of somebody is never used."""
    for row in (spot, spot.thing, spot.organisation, spot.building):
        if row is not None and row.lon is not None and row.lat is not None:
            return row.lon, row.lat
    return None, None
