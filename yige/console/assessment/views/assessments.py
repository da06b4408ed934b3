"""The units of a month side by side, in the order of the tree: no rank, and few cases are not compared."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment import readers
from yige.assessment.chance import ENOUGH_CASES
from yige.assessment.groupings import GROUPINGS
from yige.assessment.indicators import INDICATORS
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import assessments as rows
from yige.console.assessment.rows import unit_lines
from yige.month_sheets.exclusions import waiting_for
from yige.web.guard import staff


@require_GET
@staff("see_assessment")
def assessments(request):
    at = timezone.now()
    beside = unit_lines.months_beside(request.user, at, request.GET)
    period = beside["period"]
    units = list(readers.units_to_read(request.user, at, period))
    context = {
        "kinds": rows.by_kind(units, period, readers.reach(request.user, at)),
        "indicators": INDICATORS,
        "waiting": len(waiting_for(request.user, at)),
        "enough": ENOUGH_CASES,
        "reach": reach_words(request.user, at),
        "groupings": GROUPINGS.values(),
        **beside,
    }
    return render(request, "console/assessment/assessments.html", context)
