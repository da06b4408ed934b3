"""What an address of assessment asks for: a group, a unit, an indicator; and what the page of its rows shows."""

from typing import NamedTuple

from django.db.models import Q
from django.http import Http404

from yige.accounts.models import Unit
from yige.assessment import figures, readers
from yige.assessment.groupings import GROUPINGS, Group, Grouping
from yige.assessment.indicators import Indicator
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import figure_rows as rows
from yige.console.assessment.rows import unit_lines
from yige.web.paging import page_of

A_PAGE = 50


class Question(NamedTuple):
    """An indicator of the rows that meet a condition; `back` is the page above, an address that ends with its query."""

    indicator: Indicator
    where: Q
    whose: str
    back: str
    back_label: str


def grouping_or_404(name) -> Grouping:
    return found_or_404(GROUPINGS.get(name))


def group_or_404(grouping, key) -> Group:
    return found_or_404(grouping.find(key))


def indicator_or_404(name, indicators) -> Indicator:
    return found_or_404(next((each for each in indicators if each.name == name), None))


def found_or_404(thing):
    if thing is None:
        raise Http404
    return thing


def unit_of(request, at) -> Unit | None:
    """Return the unit that an address narrows to, None for all that one reads."""
    if not (slug := request.GET.get("unit")):
        return None
    unit = found_or_404(Unit.objects.filter(slug=slug).first())
    return found_or_404(unit if readers.may_read(request.user, at, unit) else None)


def where_of(user, at, unit=None) -> Q:
    where = readers.told_reach(user, at)
    return where & figures.of_unit(unit) if unit else where


def rows_context(request, question, at, kept=()) -> dict:
    """Return what the page of the rows of a figure shows."""
    indicator, where = question.indicator, question.where
    shows = {"not": indicator.not_label, "met": indicator.met_label, "all": "全部"}
    show = request.GET.get("show") if request.GET.get("show") in shows else "all"
    beside = unit_lines.months_beside(request.user, at, request.GET, kept=(*kept, "show"))
    found = figures.rows(indicator, beside["period"], where, show)
    cards = list(found.cards.select_related("case__category"))
    page = page_of(rows.in_order(found.ledger, indicator), request.GET.get("page"), A_PAGE)
    return {
        "question": question,
        "indicator": indicator,
        "figure": figures.figures(beside["period"], where)[indicator.name],
        "cuts": list(shows.items()),
        "show": show,
        "page": page,
        "lines": rows.lines(page, indicator, request.user, at),
        "cards": rows.card_lines(cards, request.user, at) if page.number == 1 else [],
        "reach": reach_words(request.user, at),
        **beside,
    }
