"""The one place that counts a figure of a unit and opens its rows: every page, sheet and screen asks here.

A figure is asked for a `Subject` (whose rows) and a period. What a reader may not see he cannot ask for: the subject of
a page comes from `readers.py`.
"""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from yige.assessment import bases
from yige.assessment.chance import Interval, enough, wilson
from yige.assessment.indicators import INDICATORS, Indicator

ROWS_OF = {"closings": bases.closings, "promises": bases.promises}


class Figure(NamedTuple):
    """How many rows meet an indicator out of how many; `low`–`high` is where the share truly lies, 95 of 100 times."""

    indicator: Indicator
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


def counts(period, where, by=()) -> dict[tuple, dict[str, Figure]]:
    """Return the figures of all indicators for each group that has rows: {(values of `by`…): {name: Figure}}.

    `where` is the condition on the rows (their unit, their path), `by` the fields they are grouped by; without any
    there is one group, ().
    """
    found = {}
    for base, rows_of in ROWS_OF.items():
        mine = [each for each in INDICATORS if base_of(each) == base]
        asked = {f"{each.name}_of": Count("pk", filter=each.among) for each in mine}
        asked |= {f"{each.name}_met": Count("pk", filter=each.among & each.met) for each in mine}
        for row in grouped(rows_of(period).filter(where), by, asked):
            group = found.setdefault(tuple(row[name] for name in by), {})
            group |= {each.name: [row[f"{each.name}_met"], row[f"{each.name}_of"]] for each in mine}
    for row in grouped(bases.open_and_late(period).filter(where), by, {"late": Count("pk")}):
        group = found.setdefault(tuple(row[name] for name in by), {})
        group.setdefault("kept", [0, 0])[1] += row["late"]
    return {key: whole(group) for key, group in found.items()}


def base_of(indicator) -> str:
    """Return which rows an indicator starts from; what is due is what was closed and what is open and late."""
    return "closings" if indicator.base == "due" else indicator.base


def grouped(rows, by, asked) -> list[dict]:
    rows = rows.order_by()
    return list(rows.values(*by).annotate(**asked)) if by else [rows.aggregate(**asked)]


def whole(group) -> dict[str, Figure]:
    return {each.name: Figure(each, *group.get(each.name, (0, 0))) for each in INDICATORS}


def figures(period, where) -> dict[str, Figure]:
    """Return all figures of what meets a condition, by name."""
    return counts(period, where)[()]


class Rows(NamedTuple):
    """The rows behind a figure: of the ledger, and the cards of what is open and late."""

    ledger: QuerySet
    cards: QuerySet


def rows(indicator, period, where, show="all") -> Rows:
    """Return the rows of a figure: all it was counted out of, those that meet it ("met"), or those that do not ("not")."""
    ledger = ROWS_OF[base_of(indicator)](period).filter(where, indicator.among)
    cards = bases.open_and_late(period).filter(where)
    if indicator.base != "due" or show == "met":
        cards = cards.none()
    if show != "all":
        ledger = ledger.filter(indicator.met if show == "met" else ~indicator.met)
    return Rows(ledger, cards)


def of_unit(unit) -> Q:
    return Q(unit=unit)


def below(path) -> Q:
    return Q(grid_path__startswith=path)
