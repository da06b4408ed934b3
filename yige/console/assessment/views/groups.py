"""The figures by community, by category, by channel or by level: of all that one reads, or of one unit."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment import groupings
from yige.assessment.chance import ENOUGH_CASES
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import groups as rows
from yige.console.assessment.rows import unit_lines
from yige.console.assessment.rows.figure_question import grouping_or_404, unit_of, where_of
from yige.web.guard import staff


@require_GET
@staff("see_assessment")
def groups(request, grouping):
    at = timezone.now()
    grouping = grouping_or_404(grouping)
    unit = unit_of(request, at)
    beside = unit_lines.months_beside(request.user, at, request.GET, kept=("unit",))
    told = groupings.by_group(grouping, beside["period"], where_of(request.user, at, unit))
    context = {
        "grouping": grouping,
        "groupings": groupings.GROUPINGS.values(),
        "unit": unit,
        "unit_query": f"&unit={unit.slug}" if unit else "",
        "indicators": rows.indicators_of(grouping),
        "lines": rows.lines(grouping, told),
        "funnels": rows.funnels_of(grouping, told),
        "enough": ENOUGH_CASES,
        "reach": reach_words(request.user, at),
        **beside,
    }
    return render(request, "console/assessment/groups.html", context)
