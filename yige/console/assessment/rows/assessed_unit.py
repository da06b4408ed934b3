"""What the page of a unit shows: each line of its scorecard with what stands beside it, and what its months say."""

from typing import NamedTuple

from yige.assessment.indicators import INDICATOR_BY_NAME, INDICATORS
from yige.assessment.process_chart import ProcessReading, read_process
from yige.console.assessment.rows.unit_lines import Cell, cell
from yige.web.charts import Limits, run_chart


class Line(NamedTuple):
    """One indicator of one unit: its cell, its part of the scorecard, the figure beside it, its own months."""

    indicator: object
    cell: Cell
    part: object
    counter: object
    counter_cell: Cell | None
    reading: ProcessReading
    chart: object
    months: list


def lines(unit, period, card, figures, months, told) -> list[Line]:
    parts = {part.figure.indicator.name: part for part in card.parts}
    return [line(each, figures, parts.get(each.name), months, told) for each in INDICATORS]


def line(indicator, figures, part, months, told) -> Line:
    counter = INDICATOR_BY_NAME.get(indicator.counter)
    points = [
        (short_label(month), month_told[indicator.name].share)
        for month, month_told in zip(months, told, strict=True)
    ]
    cells = [
        (month, cell(month_told[indicator.name])) for month, month_told in zip(months, told, strict=True)
    ]
    reading = read_process(points, better=indicator.better or None, share=True)
    return Line(
        indicator,
        cell(figures[indicator.name]),
        part,
        counter,
        cell(figures[counter.name]) if counter else None,
        reading,
        chart_of(indicator, points, reading),
        [(month, shown) for month, shown in reversed(cells) if shown.words != "没有"],
    )


def short_label(month):
    """Return a month as the foot of a chart has room for it."""
    return f"{month.first:%y}.{month.first.month}"


def chart_of(indicator, points, reading):
    """Draw the unit's own months; the table of the page opens the rows of each, so the chart brings none of its own."""
    began = next((place for place, (_, share) in enumerate(points) if share is not None), 0)
    drawn = run_chart(
        indicator.name,
        indicator.label,
        points[began:],
        limits=Limits(reading.mean, reading.lower, reading.upper),
        marks=[(place - began, direction, word) for place, direction, word in reading.marks],
        words=reading.words,
        share=True,
    )
    return drawn._replace(rows=())


def of_quarter(figures) -> list[tuple[object, Cell]]:
    """Return the scored indicators over three months, for a unit that has few cases in one."""
    return [(each, cell(figures[each.name])) for each in INDICATORS if each.weight]
