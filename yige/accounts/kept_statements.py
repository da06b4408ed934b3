"""Statements composed once a process and asked again with other values: composing costs three times the asking (ADR 0032).

    @keep_statement
    def misses_of(whistle: UUID) -> QuerySet:
        return Miss.objects.filter(call__whistle=whistle)

    misses_of(whistle.pk)  # a list of rows

Identities, moments and days, alone or in a list, are values; all else that is handed over is part of the shape, for which
a statement of its own is composed. A value may only be passed on: a builder that reckons with one is refused.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import update_wrapper
from itertools import count
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal

MOST_SHAPES = 200
_SERIES = (
    0,
    1,
)  # two sets of marks: what differs between the two statements is a value, the rest stands still
_LISTS = (list, tuple, set, frozenset)


class KeptStatement:
    """A builder of a queryset whose statement is composed at the first call of each shape.

    `around` is a statement with {} for the composed one: what stands around it is beyond a queryset, its rows are tuples.
    """

    def __init__(self, build: Callable[..., QuerySet], around: str = ""):
        self._build, self._around, self._composed = build, around, {}
        update_wrapper(self, build)

    def __call__(self, *values) -> list:
        shape = tuple(_shape(value) for value in values)
        statement = self._composed.get(shape)
        if statement is None:
            if len(self._composed) >= MOST_SHAPES:
                self._composed.clear()
            statement = self._composed[shape] = compose(self._build, values)
        return statement.tuples(values, self._around) if self._around else statement.rows(values)


keep_statement = KeptStatement


class Statement:
    """A composed statement: its words, and which of the values goes to each of its places."""

    def __init__(self, queryset, compiler, sql, places):
        self._queryset, self._compiler, self._sql, self._places = queryset, compiler, sql, places
        self._converters = compiler.get_converters([one for one, *_ in compiler.select])

    def parameters(self, values) -> tuple:
        handed = list(_flat(values))
        return tuple(handed[number] for number in self._places)

    def tuples(self, values, around) -> list:
        with connection.cursor() as cursor:
            cursor.execute(around.format(self._sql), self.parameters(values))
            return cursor.fetchall()

    def rows(self, values) -> list:
        """Ask the database by the way that the queryset itself would take."""
        parameters = self.parameters(values)
        compiler = copy(self._compiler)
        compiler.connection = connection  # of this thread
        compiler.as_sql = lambda: (self._sql, parameters)
        compiler.get_converters = lambda _: self._converters
        return list(self._queryset._iterable_class(_Asked(self._queryset, compiler)))


class Nothing:
    """Where the database need not be asked."""

    def rows(self, *_) -> list:
        return []

    tuples = rows


class _Asked:
    """Stands for the queryset while its rows are read, with the composed compiler in the place of a new one."""

    def __init__(self, queryset, compiler):
        self._asked, self._compiler = queryset, compiler

    def __getattr__(self, name):
        return getattr(self._asked, name)

    @property
    def query(self) -> "_Asked":
        return self

    def get_compiler(self, *_, **__) -> SQLCompiler:
        return self._compiler


def compose(build, values) -> Statement | Nothing:
    """Compose the statement twice, with two sets of marks for the values, and see where they come to stand."""
    try:
        first, second = (_composed_with(build, _marks(values, series)) for series in _SERIES)
    except EmptyResultSet:
        return Nothing()
    (queryset, compiler, sql, parameters), (*_, other_sql, others) = first, second
    marks, other_marks = ([*_flat(_marks(values, series))] for series in _SERIES)
    if sql != other_sql or queryset._prefetch_related_lookups:
        raise ValueError(f"{build.__qualname__} is not one statement for all values")
    moved = [place for place, pair in enumerate(zip(parameters, others, strict=True)) if pair[0] != pair[1]]
    places = [(place, marks.index(parameters[place])) for place in moved if parameters[place] in marks]
    passed_on = all(others[place] == other_marks[number] for place, number in places)
    if (
        not passed_on
        or len(places) != len(moved)
        or {number for _, number in places} != set(range(len(marks)))
    ):
        raise ValueError(f"{build.__qualname__} does not pass on every value as it is")
    return Statement(
        queryset, compiler, written_out(sql, parameters, moved), [number for _, number in places]
    )


def written_out(sql, parameters, moved) -> str:
    """Write what stands still into the statement: a plan that is kept then knows it, and finds the index of a part.

    A plan for any state at all reads every case where one for the open states reads the open ones.
    """
    number = count()

    def write(found):
        if found[0] == "%%" or (place := next(number)) in moved:
            return found[0]
        return Literal(parameters[place]).as_string(connection.connection).replace("%", "%%")

    connection.ensure_connection()
    return re.sub("%[%s]", write, sql)


def _composed_with(build, marks):
    queryset = build(*marks)
    compiler = queryset.query.get_compiler(connection.alias)
    return queryset, compiler, *compiler.as_sql()


def _shape(value):
    if isinstance(value, UUID | date):
        return type(value)
    return (list, len(value)) if isinstance(value, _LISTS) and _is_values(value) else value


def _is_values(several) -> bool:
    return all(isinstance(one, UUID | date) for one in several)


def _flat(values) -> Iterable:
    for value in values:
        if isinstance(value, UUID | date):
            yield value
        elif isinstance(value, _LISTS) and _is_values(value):
            yield from value


def _marks(values, series) -> list:
    """Return the same values with each one that changes replaced by a mark that nothing else is equal to."""
    numbers = iter(range(series * 10_000, (series + 1) * 10_000))

    def mark(value):
        number = next(numbers)
        if isinstance(value, UUID):
            return UUID(int=number + 1)
        moment = datetime(5000, 1, 1, tzinfo=UTC) + timedelta(days=number)
        return moment if isinstance(value, datetime) else moment.date()

    return [
        mark(value) if isinstance(value, UUID | date)
        else [mark(one) for one in value] if isinstance(value, _LISTS) and _is_values(value)
        else value
        for value in values
    ]  # fmt: skip
