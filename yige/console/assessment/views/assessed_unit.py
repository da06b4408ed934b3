"""One unit: its scorecard of a month, what stands beside each figure, and its own months."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.accounts.models import Unit
from yige.assessment import figures, periods, readers
from yige.assessment.chance import ENOUGH_CASES
from yige.assessment.groupings import GROUPINGS
from yige.assessment.scorecard import scorecard
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import assessed_unit as rows
from yige.console.assessment.rows import unit_lines
from yige.month_sheets.exclusions import left_out
from yige.web.guard import staff

MONTHS = 24


@require_GET
@staff("see_assessment")
def assessed_unit(request, slug):
    at = timezone.now()
    beside = unit_lines.months_beside(request.user, at, request.GET, spans=None)
    period = beside["period"]
    unit = readable(request, slug, at)
    where = figures.of_unit(unit) & readers.reach(request.user, at)
    months = periods.months_until(period, MONTHS)
    told = figures.monthly(months, where)
    quarter = periods.with_two_before(period)
    card = scorecard(told[-1])
    context = {
        "unit": unit,
        "card": card,
        "lines": rows.lines(unit, period, card, told[-1], months, told),
        "quarter": quarter,
        "of_quarter": rows.of_quarter(figures.figures(quarter, where)),
        "enough": ENOUGH_CASES,
        "reach": reach_words(request.user, at),
        "groupings": GROUPINGS.values(),
        "left_out": left_out(unit, period, readers.reach(request.user, at)).count(),
        **beside,
    }
    return render(request, "console/assessment/assessed_unit.html", context)


def readable(request, slug, at):
    """Return the unit of an address, for whoever may read of it."""
    unit = get_object_or_404(Unit, slug=slug)
    if not readers.may_read(request.user, at, unit):
        raise Http404
    return unit
