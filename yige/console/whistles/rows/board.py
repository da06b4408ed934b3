"""The rows of the board: what runs, what it waits for, what is asked for; the run chart as bars."""

from typing import NamedTuple

from yige.whistles import waiting
from yige.whistles.words import CALL_OPEN

HEIGHT, STEP, BAR = 60, 14, 10  # of the chart, in its own units


class Row(NamedTuple):
    """One running whistle: itself, its waits, how many of its units and steps are finished."""

    whistle: object
    waits: list
    parts: int
    finished: int


class Bar(NamedTuple):
    x: int
    y: float
    height: float
    week: waiting.Week


def rows(user, at):
    """Return the running whistles that this person sees, the longest first."""
    return [row_of(whistle) for whistle in waiting.running_whistles(user, at)]


def row_of(whistle):
    waits = waiting.waits_of(whistle)
    open_calls = sum(call.state in CALL_OPEN for call in whistle.all_calls)
    return Row(whistle, waits, len(whistle.all_calls), len(whistle.all_calls) - open_calls)


def chart(weeks):
    """Return the bars of the weeks and the height of their median; the highest bar fills the chart."""
    most = max((week.count for week in weeks), default=0) or 1
    bars = [
        Bar(place * STEP, HEIGHT - week.count * HEIGHT / most, week.count * HEIGHT / most, week)
        for place, week in enumerate(weeks)
    ]
    return {
        "bars": bars,
        "middle": HEIGHT - waiting.middle_of(weeks) * HEIGHT / most,
        "width": len(weeks) * STEP,
    }
