"""The rows behind one figure of a unit: all it was counted out of, those that meet it, those that do not."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment import figures, periods, readers
from yige.assessment.indicators import INDICATOR_BY_NAME
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import figure_rows as rows
from yige.console.assessment.rows import unit_lines
from yige.console.assessment.views.assessed_unit import readable
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 50


@require_GET
@staff("see_assessment")
def figure_rows(request, slug, name):
    at = timezone.now()
    period = periods.month_named(request.GET.get("month"), at)
    unit = readable(request, slug, at)
    indicator = INDICATOR_BY_NAME.get(name)
    if indicator is None:
        raise Http404
    where = figures.of_unit(unit) & readers.reach(request.user, at)
    shows = {"not": indicator.not_label, "met": indicator.met_label, "all": "全部"}
    show = request.GET.get("show") if request.GET.get("show") in shows else "all"
    found = figures.rows(indicator, period, where, show)
    cards = list(found.cards.select_related("case__category"))
    page = page_of(rows.in_order(found.ledger, indicator), request.GET.get("page"), A_PAGE)
    context = {
        "unit": unit,
        "indicator": indicator,
        "figure": figures.figures(period, where)[name],
        "cuts": list(shows.items()),
        "show": show,
        "page": page,
        "lines": rows.lines(page, indicator, request.user, at),
        "cards": rows.card_lines(cards, request.user, at) if page.number == 1 else [],
        "reach": reach_words(request.user, at),
        **unit_lines.months_beside(period, at, request.GET.get("month")),
    }
    return render(request, "console/assessment/figure_rows.html", context)
