"""How many open cases stand in which state, and for how many which mark of 13710 comes next."""

from typing import NamedTuple

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


def open_figures(counts) -> OpenFigures:
    """Return the figures of `open_counts`; every state and mark is there, also with none."""
    states = [
        (state.value, state.label, sum(row.open for row in counts.by_mark if row.state == state))
        for state in OPEN
    ]
    return OpenFigures(states, [next_mark(mark, counts) for mark in STRIP_MARKS])


def next_mark(mark, counts) -> NextMark:
    rows = [row for row in counts.by_mark if row.mark == mark.name]
    return NextMark(mark.name, mark.label, sum(row.open for row in rows), sum(row.overdue for row in rows))
