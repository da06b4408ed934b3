"""The scorecard of a unit: shares that count by set weights, told only where there are enough cases. Source: domain §3.5.

The sum is no mark to be ranked by: a page shows it beside its parts, its interval and the unit's own months.
"""

from typing import NamedTuple

from yige.assessment.indicators import SCORED
from yige.cases import rules

HALF = 0.5  # of fewer reporters the answers are those of whoever was begged for one


class Part(NamedTuple):
    """One line of the scorecard: `points` of at most `weight`, None where too few cases say anything."""

    figure: object
    weight: int
    points: float | None


class Scorecard(NamedTuple):
    parts: list
    points: float | None
    out_of: int


def weights() -> dict[str, int]:
    """Return the weights that hold now, by the name of their rule."""
    return {each.weight: rules.value(each.weight) for each in SCORED}


def scorecard(figures, weighed=None) -> Scorecard:
    """Return the scorecard of figures by name; what has too few cases counts neither for nor against.

    `weighed` are the weights of another time, as a frozen sheet keeps them; None: those that hold now.
    """
    weighed = weights() if weighed is None else weighed
    parts = [
        part_of(figures, figure.indicator, weighed[figure.indicator.weight])
        for figure in figures.values()
        if figure.indicator.weight
    ]
    told = [part for part in parts if part.points is not None]
    out_of = sum(part.weight for part in told)
    return Scorecard(parts, sum(part.points for part in told) if told else None, out_of)


def part_of(figures, indicator, weight) -> Part:
    figure = figures[indicator.name]
    if not figure.enough or (indicator.counter == "asked" and figures["asked"].share < HALF):
        return Part(figure, weight, None)
    good = figure.share if figure.indicator.better == "up" else 1 - figure.share
    return Part(figure, weight, weight * good)
