"""What came in, was closed and was cleared today, as conditions on rows; the day is that of the moment asked with."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Value

from yige.accounts.kept_statements import keep_statement
from yige.accounts.scope import seats_of
from yige.cases.case_map import areas_of
from yige.cases.models import Case
from yige.cases.waiting_places import Choice
from yige.cases.words import State
from yige.grids.models import Grid, Level
from yige.lib.local_time import local_day, start_of_day, start_of_next_day
from yige.lib.numbers import case_number


def today_of(at) -> tuple[datetime, datetime]:
    """Return the first moment of the day of this moment, and the first one after it."""
    day = local_day(at)
    return start_of_day(day), start_of_next_day(day)


def within(field, today) -> Q:
    begin, after = today
    return Q(**{f"{field}__gte": begin, f"{field}__lt": after})


# fmt: off
TODAY = (
    Choice("reported", "今天上报的", lambda today: within("reported_at", today)),
    Choice("closed",   "今天办结的", lambda today: Q(state__in=(State.CLOSED, State.CLEARED)) & within("closed_at", today)),
    Choice("cleared",  "今天销号的", lambda today: Q(state=State.CLEARED) & within("cleared_at", today)),
)
# fmt: on
TODAY_BY_NAME = {choice.name: choice for choice in TODAY}


def counts_of_today(user, at) -> dict[str, int]:
    """Return how many of the cases that somebody sees came in, were closed, were cleared today, by name: one statement."""
    rows = rows_of_today(seats_of(user, at), user.pk, today_of(at))
    counts = rows[0] if rows else [0] * len(TODAY)
    return {choice.name: count for choice, count in zip(TODAY, counts, strict=True)}


@keep_statement
def rows_of_today(seats, user, today) -> QuerySet:
    conditions = {f"{choice.name}_count": choice.when(today) for choice in TODAY}
    any_of_them = Q(*conditions.values(), _connector=Q.OR)
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found = Case.objects.seen_from(seats, user).filter(any_of_them).order_by()
    return found.values_list(Value(1)).annotate(**counts).values_list(*counts)


class Clearing(NamedTuple):
    """One cleared case for a wall that everybody reads: its number, category, community and moment; no words of it."""

    number: str
    category: str
    area: str
    at: datetime


def latest_clearings(user, at, most) -> list[Clearing]:
    """Return the latest cleared ones of the cases that somebody sees: two statements."""
    rows = rows_of_clearings(seats_of(user, at), user.pk, most)
    areas = {path: areas_of(path)[0] for _, _, path, _ in rows}
    names = dict(names_of_communities())
    return [
        Clearing(case_number(settings.YIGE_DISTRICT_CODE, serial), label, names.get(areas[path], ""), moment)
        for serial, label, path, moment in rows
    ]


@keep_statement
def names_of_communities() -> QuerySet:
    return Grid.objects.current().filter(level__lte=Level.COMMUNITY).order_by().values_list("path", "name")


@keep_statement
def rows_of_clearings(seats, user, most) -> QuerySet:
    found = Case.objects.seen_from(seats, user).filter(state=State.CLEARED).order_by("-cleared_at", "-serial")
    return found.values_list("serial", "category__label", "grid_path", "cleared_at")[:most]
