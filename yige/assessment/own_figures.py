"""A person's own figures: what waited for this person to be taken on (受理, 签收), and whether that was in time.

Asked for one person at a time, for that person and the direct head alone (`readers.py`): nothing here takes several
persons, groups by one or sorts by a figure. Rule: docs/policy/assessment.md §29–30.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case as When
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models import When as If

from yige.assessment.chance import Interval, enough, wilson
from yige.cases.deadlines import MARK_BY_NAME, due
from yige.cases.models import Case, Entry
from yige.cases.queries import duty_clock
from yige.cases.words import State
from yige.cases.workflow import MOVES

ACCEPT, SIGN = "accept", "sign"
HANDINGS = [move.verb for move in MOVES if move.to == State.DISPATCHED]
OF_THE_DAY = MARK_BY_NAME["day1"]


class ClockStart(NamedTuple):
    """A clock that began at a moment, as the table of marks asks for it."""

    clock_from: datetime


class Taking(NamedTuple):
    """A matter that waited for a person: since when, until when, and when it was taken on; None: it still waits, late."""

    case_id: UUID
    verb: str
    since: datetime
    due: datetime
    at: datetime | None

    @property
    def in_time(self) -> bool:
        return self.at is not None and self.at <= self.due


class OwnFigure(NamedTuple):
    """How many were taken on in time out of how many; told like the figure of a unit, and beside nobody's."""

    met: int
    of: int

    @property
    def share(self) -> float | None:
        return self.met / self.of if self.of else None

    @property
    def interval(self) -> Interval | None:
        return wilson(self.met, self.of)

    @property
    def enough(self) -> bool:
        return enough(self.of)


def figure(takings: Iterable[Taking]) -> OwnFigure:
    in_time = [taking.in_time for taking in takings]
    return OwnFigure(sum(in_time), len(in_time))


def takings(person, period, at, areas=None) -> list[Taking]:
    """Return what came to a person in a period and was taken on or is late, the newest first.

    `areas` are the paths that a head reads; None: everywhere, for the person.
    """
    clock = duty_clock()
    found = [
        Taking(case, verb, since, due(OF_THE_DAY, ClockStart(since), clock), moment)
        for case, verb, since, moment in (
            *acceptances_of(person, period, areas),
            *signatures_of(person, period, areas),
            *unsigned_of(person, period, areas),
        )
    ]
    told = [taking for taking in found if taking.at or taking.due < at]
    return sorted(told, key=lambda taking: (taking.since, str(taking.case_id)), reverse=True)


def acceptances_of(person, period, areas) -> list[tuple]:
    """What this person accepted, since it was reported or objected to; what he put down himself is left out."""
    objected = If(case__reopened_at__lte=F("at"), then=F("case__reopened_at"))
    rows = acts(person, ACCEPT, period, areas).annotate(since=When(objected, default=F("case__reported_at")))
    return list(came_in(rows, period).values_list("case", "verb", "since", "at"))


def signatures_of(person, period, areas) -> list[tuple]:
    """What was handed to this person by name, by somebody else, since it was handed; what the unit got is nobody's own."""
    handing = Entry.objects.filter(case=OuterRef("case"), verb__in=HANDINGS, at__lte=OuterRef("at"))
    last = handing.order_by("-at", "-id")
    rows = acts(person, SIGN, period, areas).annotate(
        since=Subquery(last.values("at")[:1]),
        given_by=Subquery(last.values("by_id")[:1]),
        given_to=Subquery(last.values("said__person__id")[:1]),
    )
    named = came_in(rows, period).exclude(given_by=person.pk)
    told = named.values_list("case", "verb", "since", "at", "given_to")
    return [row for *row, given_to in told if str(given_to) == str(person.pk)]


def unsigned_of(person, period, areas) -> list[tuple]:
    """What was handed to this person by name and is not signed."""
    rows = Case.objects.filter(
        lies_in(areas, "grid_path"), handler=person, state=State.DISPATCHED,
        dispatched_at__gte=period.begin, dispatched_at__lt=period.end,
    )  # fmt: skip
    rows = rows.exclude(reported_by=person).exclude(handed_by=person).order_by()
    return [(case, SIGN, since, None) for case, since in rows.values_list("pk", "dispatched_at")]


def acts(person, verb, period, areas) -> QuerySet:
    rows = Entry.objects.filter(by_id=person.pk, verb=verb, at__gte=period.begin).order_by()
    return rows.filter(lies_in(areas, "case__grid_path")).exclude(case__reported_by=person)


def came_in(rows, period) -> QuerySet:
    return rows.filter(since__gte=period.begin, since__lt=period.end)


def lies_in(areas, field) -> Q:
    if areas is None:
        return Q()
    found = Q(pk=None)
    for path in areas:
        found |= Q(**{f"{field}__startswith": path})
    return found
