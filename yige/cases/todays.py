"""What came in, was closed and was cleared today, as conditions on rows; the day is that of the moment asked with."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, Q

from yige.cases.case_map import areas_of
from yige.cases.waiting_places import Choice
from yige.cases.words import State
from yige.grids.models import Grid
from yige.lib.local_time import local_day, start_of_day, start_of_next_day
from yige.lib.numbers import case_number


def within_today(field, at) -> Q:
    day = local_day(at)
    return Q(**{f"{field}__gte": start_of_day(day), f"{field}__lt": start_of_next_day(day)})


# fmt: off
TODAY = (
    Choice("reported", "今天上报的", lambda at: within_today("reported_at", at)),
    Choice("closed",   "今天办结的", lambda at: Q(state__in=(State.CLOSED, State.CLEARED)) & within_today("closed_at", at)),
    Choice("cleared",  "今天销号的", lambda at: Q(state=State.CLEARED) & within_today("cleared_at", at)),
)
# fmt: on
TODAY_BY_NAME = {choice.name: choice for choice in TODAY}


def counts_of_today(cases, at) -> dict[str, int]:
    """Return how many of these cases came in, were closed and were cleared today, by name: one statement."""
    conditions = {choice.name: choice.when(at) for choice in TODAY}
    any_of_them = Q(*conditions.values(), _connector=Q.OR)
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return cases.filter(any_of_them).order_by().aggregate(**counts)


class Clearing(NamedTuple):
    """One cleared case for a wall that everybody reads: its number, category, community and moment; no words of it."""

    number: str
    category: str
    area: str
    at: datetime


def latest_clearings(cases, most) -> list[Clearing]:
    """Return the latest cleared ones of these cases: two statements."""
    found = cases.filter(state=State.CLEARED).order_by("-cleared_at", "-serial")
    rows = list(
        found.annotate(label=F("category__label")).values_list("serial", "label", "grid_path", "cleared_at")[
            :most
        ]
    )
    areas = {path: areas_of(path)[0] for _, _, path, _ in rows}
    names = dict(Grid.objects.current().filter(path__in=set(areas.values())).values_list("path", "name"))
    return [
        Clearing(case_number(settings.YIGE_DISTRICT_CODE, serial), label, names.get(areas[path], ""), at)
        for serial, label, path, at in rows
    ]
