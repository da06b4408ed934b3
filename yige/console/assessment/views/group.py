"""One community, category, channel or level: its units side by side, like with like, and of a class its categories."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment import groupings
from yige.assessment.chance import ENOUGH_CASES
from yige.cases.unit_figures import reach_words
from yige.console.assessment.rows import group as rows
from yige.console.assessment.rows import unit_lines
from yige.console.assessment.rows.figure_question import group_or_404, grouping_or_404, where_of
from yige.console.assessment.rows.groups import indicators_of, lines
from yige.web.guard import staff


@require_GET
@staff("see_assessment")
def group(request, grouping, key):
    at = timezone.now()
    grouping = grouping_or_404(grouping)
    shown = group_or_404(grouping, key)
    beside = unit_lines.months_beside(request.user, at, request.GET)
    where = where_of(request.user, at) & shown.rows
    leaves = groupings.leaves_of(shown, beside["period"], where) if grouping.name == "category" else []
    context = {
        "grouping": grouping,
        "group": shown,
        "indicators": indicators_of(grouping),
        "kinds": rows.kinds_of(grouping, request.user, at, beside["period"], where),
        "leaves": lines(grouping, leaves),
        "enough": ENOUGH_CASES,
        "reach": reach_words(request.user, at),
        **beside,
    }
    return render(request, "console/assessment/group.html", context)
