"""The units of a month by kind, in the order of the tree, and whether one stands apart from chance: never who stands first."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from yige.assessment import figures
from yige.assessment.funnel import curves, funnel, spread_of
from yige.assessment.indicators import INDICATOR_BY_NAME, INDICATORS
from yige.console.assessment.rows.unit_lines import cell
from yige.web.charts import Chart, funnel_chart

DRAWN = ("kept", "reopened")
FEWEST = 3  # units with enough cases: two points compare only each other


class Kind(NamedTuple):
    """The units of one kind: (unit, cells) each, and their funnels; only like stands beside like."""

    label: str
    lines: list
    funnels: list


def by_kind(units, period, where, indicators=INDICATORS) -> list[Kind]:
    """Return the units by kind, in the order of the tree."""
    found, nothing = figures.counts(period, where, by=("unit",)), figures.whole({})
    told = [(unit, found.get((unit.pk,), nothing)) for unit in units]
    groups = groupby(told, key=lambda pair: (pair[0].kind, pair[0].get_kind_display()))
    return [kind_of(name, label, list(group), indicators) for (name, label), group in groups]


def kind_of(name, label, told, indicators) -> Kind:
    lines = [(unit, [cell(found[each.name]) for each in indicators]) for unit, found in told]
    return Kind(label, lines, funnels(name, label, [(unit.name, found) for unit, found in told]))


def funnels(key, kind, figures_of_units) -> list[Chart]:
    """Return the funnels of a kind of units, none while too few of them have enough cases.

    `figures_of_units` are (name, figures by name) in the order of the tree, which the tables keep.
    """
    figures_of_units = list(figures_of_units)
    return [
        funnel_of(f"{key}-{name}", f"{kind}：{INDICATOR_BY_NAME[name].label}", rows)
        for name in DRAWN
        if enough_units(rows := rows_of(name, figures_of_units))
    ]


def rows_of(name, figures_of_units) -> list[tuple[str, int, int]]:
    return [(unit, told[name].met, told[name].of) for unit, told in figures_of_units if told[name].of]


def enough_units(rows: Iterable[tuple[str, int, int]]) -> bool:
    return sum(point.standing != "few" for point in funnel(rows)) >= FEWEST


def funnel_of(key, title, rows) -> Chart:
    points = [(point.name, point.met, point.of, point.standing, point.words) for point in funnel(rows)]
    return funnel_chart(key, title, points, curves(rows), rate=spread_of(rows).rate, words=title)
