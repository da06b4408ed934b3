"""What one person took on in time: over one, three and twelve months, and the matters of the span that is looked at."""

from datetime import datetime
from typing import NamedTuple

from yige.assessment import own_figures, periods
from yige.cases.models import Case
from yige.console.assessment.rows.figure_rows import case_address, seen_cases
from yige.console.assessment.rows.unit_lines import share_words
from yige.lib.local_time import add_months

A_PAGE = 50
ACTS = {own_figures.ACCEPT: "受理", own_figures.SIGN: "签收"}
YEAR = "12"


class SpanLine(NamedTuple):
    """What is told of a span: its name, the share or the cases alone, and the interval."""

    label: str
    period: periods.Period
    words: str
    under: str


class TakingLine(NamedTuple):
    """One matter; `address` is its page, "" for whoever may not open it now."""

    number: str
    address: str
    what: str
    act: str
    since: datetime
    due: datetime
    at: datetime | None
    in_time: bool


def takings_of_year(person, period, at, areas=None) -> list:
    """Return what came to a person in the year that ends with a period: all spans are cut out of it."""
    return own_figures.takings(person, periods.span_named(YEAR, last_month(period)), at, areas)


def within(takings, period) -> list:
    return [taking for taking in takings if period.begin <= taking.since < period.end]


def span_lines(takings, period) -> list[SpanLine]:
    last = last_month(period)
    return [
        span_line(takings, periods.span_named(str(count), last), label)
        for count, label in periods.SPANS.items()
    ]


def last_month(period):
    return periods.month_of(add_months(period.after, -1))


def span_line(takings, span, label) -> SpanLine:
    words, under, _ = share_words(own_figures.figure(within(takings, span)))
    return SpanLine(label, span, words, under)


def lines(page, user, at) -> list[TakingLine]:
    cases = Case.objects.select_related("category").in_bulk([taking.case_id for taking in page])
    open_to = seen_cases(page, user, at)
    return [line_of(taking, cases[taking.case_id], taking.case_id in open_to) for taking in page]


def line_of(taking, case, opens) -> TakingLine:
    return TakingLine(
        case.number, case_address(case, opens), case.category.label, ACTS[taking.verb], taking.since, taking.due,
        taking.at, taking.in_time,
    )  # fmt: skip
