"""What the page of a unit shows: each line of its scorecard with what stands beside it, and what its months say."""

from typing import NamedTuple

from yige.assessment.indicators import INDICATOR_BY_NAME, INDICATORS
from yige.assessment.process_chart import ProcessReading, read_process
from yige.console.assessment.rows.unit_lines import Cell, cell


class Line(NamedTuple):
    """One indicator of one unit: its cell, its part of the scorecard, the figure beside it, its own months."""

    indicator: object
    cell: Cell
    part: object
    counter: object
    counter_cell: Cell | None
    reading: ProcessReading
    months: list


def lines(unit, period, card, figures, months, told) -> list[Line]:
    parts = {part.figure.indicator.name: part for part in card.parts}
    return [line(each, figures, parts.get(each.name), months, told) for each in INDICATORS]


def line(indicator, figures, part, months, told) -> Line:
    counter = INDICATOR_BY_NAME.get(indicator.counter)
    points = [
        (month.label, month_told[indicator.name].share)
        for month, month_told in zip(months, told, strict=True)
    ]
    cells = [
        (month, cell(month_told[indicator.name])) for month, month_told in zip(months, told, strict=True)
    ]
    return Line(
        indicator,
        cell(figures[indicator.name]),
        part,
        counter,
        cell(figures[counter.name]) if counter else None,
        read_process(points, better=indicator.better or None, share=True),
        [(month, shown) for month, shown in reversed(cells) if shown.words != "没有"],
    )


def of_quarter(figures) -> list[tuple[object, Cell]]:
    """Return the scored indicators over three months, for a unit that has few cases in one."""
    return [(each, cell(figures[each.name])) for each in INDICATORS if each.weight]
