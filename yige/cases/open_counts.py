"""What is open, counted by several keys at once: the rows are read once, however many tiles of a wall ask.

The conditions are those of the lists of work and the level is that of `waiting_places`: a figure and its list never differ.
"""

from functools import partial
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, QuerySet, Value
from django.db.models import Case as When
from django.db.models import When as If

from yige.accounts.kept_statements import KeptStatement
from yige.accounts.scope import seats_of
from yige.cases.models import Case
from yige.cases.waiting_places import HAS_PLACE, level_of
from yige.cases.work_lists import WORK_LIST_BY_NAME, Viewer
from yige.lib.local_time import local_day, start_of_next_day

TROUBLE = ("danger", "overdue", "today", "parked")  # the lists that concern a whole room
COUNTED = f"""
    WITH open_case AS MATERIALIZED ({{}}), alike AS MATERIALIZED (
        SELECT state, next_mark, grid_path, on_level, count(*) AS cases,
            {", ".join(f"count(*) FILTER (WHERE is_{name}) AS {name}" for name in TROUBLE)}
        FROM open_case GROUP BY state, next_mark, grid_path, on_level
    )
    SELECT GROUPING(state, grid_path, on_level), state, next_mark, grid_path, on_level, sum(cases)::int,
        {", ".join(f"sum({name})::int" for name in TROUBLE)}
    FROM alike GROUP BY GROUPING SETS ((state, next_mark), (grid_path), (on_level))
"""  # noqa: S608 -- names of our own lists
BY_MARK, BY_PLACE, BY_LEVEL = 0b011, 0b101, 0b110  # which of the keys a row does not have


class Count(NamedTuple):
    """How many open cases stand together, and how many of these stand on each list of trouble."""

    state: str
    mark: str
    path: str
    level: str | None
    open: int
    danger: int
    overdue: int
    today: int
    parked: int


class OpenCounts(NamedTuple):
    """The open cases that somebody sees: by state and next mark, by grid, by the level on which they wait."""

    by_mark: list[Count]
    by_place: list[Count]
    by_level: list[Count]

    def trouble(self, name) -> int:
        """Return how many stand on one of the lists of trouble."""
        return sum(getattr(row, name) for row in self.by_mark)


def open_counts(user, at) -> OpenCounts:
    """Return the counts of the open cases that this person sees: one statement."""
    day = local_day(at)
    rows = open_rows(seats_of(user, at), user.pk, at, start_of_next_day(day), day)
    kinds = {BY_MARK: [], BY_PLACE: [], BY_LEVEL: []}
    for kind, *row in rows:
        kinds[kind].append(Count(*row))
    return OpenCounts(*kinds.values())


@partial(KeptStatement, around=COUNTED)
def open_rows(seats, user, at, midnight, day) -> QuerySet:
    who = Viewer(None, at, frozenset(), (), midnight)
    lists = {f"is_{name}": stands_on(WORK_LIST_BY_NAME[name].when(who)) for name in TROUBLE}
    level = When(If(HAS_PLACE, then=level_of(day)), default=Value(None))
    rows = Case.objects.seen_from(seats, user).open().order_by().annotate(on_level=level, **lists)
    return rows.values_list("state", "next_mark", "grid_path", "on_level", *lists)


def stands_on(condition) -> ExpressionWrapper:
    return ExpressionWrapper(condition, BooleanField())
