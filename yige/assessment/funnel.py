"""Whether a unit differs from the others by more than chance: a funnel around the rate of all, and never a rank.

D. J. Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine 24, 2005) and Handling
over-dispersion of performance indicators (Quality and Safety in Health Care 14, 2005). Units differ for many small reasons
that are nobody's merit (what streets, what matters), so the plain binomial limits accuse too many: on real cases 41 % of
departments. The limits are therefore widened by √φ, φ = Σz²/n of the z-scores, the outermost tenth at either end pulled in
to the next (winsorised) so that a true exception does not hide itself; they are never narrowed.

Rows come out in the order they came in. Only like is compared with like: the caller gives units of one kind.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from yige.assessment.chance import check_count, enough

WARN, OUT = 2.0, 3.0  # standard deviations: the inner limits are drawn, beyond the outer ones a unit differs
WINSORISED = 0.1  # of the units at either end
WORDS = {
    "within": "在正常范围内",
    "above": "比正常范围高",
    "below": "比正常范围低",
    "few": "件数太少，不比",
    "alone": "没有同类单位可比",
}

Row = tuple[str, int, int]


class Bounds(NamedTuple):
    low2: float
    high2: float
    low3: float
    high3: float


class Spread(NamedTuple):
    """What the rows have in common: the rate of all their cases together, and by how much their limits are widened."""

    rate: float
    factor: float  # φ, at least 1

    def bounds(self, of: int) -> Bounds:
        """Return the limits for a unit with so many cases, clipped to 0 … 1."""
        sigma = math.sqrt(self.factor * self.rate * (1 - self.rate) / of)
        near, far = WARN * sigma, OUT * sigma
        return Bounds(*(min(max(self.rate + reach, 0.0), 1.0) for reach in (-near, near, -far, far)))


class FunnelPoint(NamedTuple):
    """One unit; share and limits are None when it has no case. `words` says `standing` in Chinese."""

    name: str
    met: int
    of: int
    share: float | None
    low2: float | None
    high2: float | None
    low3: float | None
    high3: float | None
    standing: str
    words: str


def funnel(rows: Iterable[Row]) -> list[FunnelPoint]:
    """Return what is said of each row (name, met, of), in the order given."""
    rows = list(rows)
    spread = spread_of(rows)
    compared = sum(enough(of) for _, _, of in rows)
    return [funnel_point(row, spread, alone=compared < 2) for row in rows]


def funnel_point(row: Row, spread: Spread | None, *, alone: bool) -> FunnelPoint:
    name, met, of = row
    if spread is None or not of:
        return FunnelPoint(name, met, of, None, None, None, None, None, "few", WORDS["few"])
    bounds = spread.bounds(of)
    standing = standing_of(met / of, of, bounds, alone)
    return FunnelPoint(name, met, of, met / of, *bounds, standing, WORDS[standing])


def standing_of(share: float, of: int, bounds: Bounds, alone: bool) -> str:
    if not enough(of):
        return "few"
    if alone:
        return "alone"
    return "above" if share > bounds.high3 else "below" if share < bounds.low3 else "within"


def spread_of(rows: Iterable[Row]) -> Spread | None:
    """Return the common rate of all rows and the φ of those with enough cases; None when nobody has a case."""
    rows = list(rows)
    for _, met, of in rows:
        check_count(met, of)
    whole = sum(of for _, _, of in rows)
    if not whole:
        return None
    rate = sum(met for _, met, _ in rows) / whole
    compared = [(met, of) for _, met, of in rows if enough(of)]
    if not compared or rate in (0, 1):
        return Spread(rate, 1.0)
    scores = winsorise([(met / of - rate) / math.sqrt(rate * (1 - rate) / of) for met, of in compared])
    # fsum rounds once: the order of the rows changes no digit.
    return Spread(rate, max(1.0, math.fsum(score**2 for score in scores) / len(scores)))


def winsorise(scores: Sequence[float]) -> list[float]:
    """Pull the outermost tenth at either end in to the next score inside; of fewer than ten, none."""
    ordered = sorted(scores)
    outer = int(len(ordered) * WINSORISED)
    low, high = ordered[outer], ordered[-1 - outer]
    return [min(max(score, low), high) for score in ordered]


def curves(rows: Iterable[Row], steps: int = 48) -> list[tuple[int, float, float, float, float]]:
    """Return (cases, low2, high2, low3, high3) from few cases to the most of the rows, as a chart draws the limits."""
    rows = list(rows)
    spread, most = spread_of(rows), max((of for _, _, of in rows), default=0)
    if spread is None:
        return []
    cases = sorted({max(1, round(most * (step / steps) ** 2)) for step in range(1, steps + 1)})
    return [(of, *spread.bounds(of)) for of in cases]
