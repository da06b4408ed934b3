"""How many open cases stand in which state, and for how many which mark of 13710 comes next: one statement for both."""

from typing import NamedTuple

from django.db.models import Count, Q

from yige.cases.deadlines import STRIP_MARKS
from yige.cases.words import OPEN


class NextMark(NamedTuple):
    """One mark of the strip: how many open cases it comes next for, and for how many of them it is missed."""

    name: str
    label: str
    open: int
    late: int


class OpenFigures(NamedTuple):
    """The open cases by state, and by the mark of the strip that comes next; other marks stand in no light."""

    states: list[tuple[str, str, int]]
    marks: list[NextMark]

    @property
    def open(self) -> int:
        return sum(count for _, _, count in self.states)


def open_figures(cases, at) -> OpenFigures:
    """Return the figures of the open ones of these cases; every state and mark is there, also with none."""
    late = Count("pk", filter=Q(next_mark_at__lt=at))
    rows = list(
        cases.open().order_by().values_list("state", "next_mark").annotate(count=Count("pk"), late=late)
    )
    states = [(state.value, state.label, sum(row[2] for row in rows if row[0] == state)) for state in OPEN]
    marks = [
        NextMark(
            mark.name, mark.label, *(sum(row[part] for row in rows if row[1] == mark.name) for part in (2, 3))
        )
        for mark in STRIP_MARKS
    ]
    return OpenFigures(states, marks)
