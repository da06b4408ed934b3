"""The rows behind one figure of a unit, of a group or of one's whole reach: all it was counted out of, those that meet it, those that do not."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment import figures, readers
from yige.assessment.indicators import INDICATORS
from yige.console.assessment.rows.figure_question import (
    Question,
    group_or_404,
    grouping_or_404,
    indicator_or_404,
    rows_context,
    unit_of,
    where_of,
)
from yige.console.assessment.rows.groups import indicators_of
from yige.console.assessment.views.assessed_unit import readable
from yige.web.guard import staff


@require_GET
@staff("see_assessment")
def of_unit(request, slug, name):
    at = timezone.now()
    unit = readable(request, slug, at)
    where = figures.of_unit(unit) & readers.reach(request.user, at)
    back = f"{reverse('console:assessed_unit', args=[unit.slug])}?"
    question = Question(indicator_or_404(name, INDICATORS), where, unit.name, back, unit.name)
    return render(request, "console/assessment/figure_rows.html", rows_context(request, question, at))


@require_GET
@staff("see_assessment")
def of_group(request, grouping, key, name):
    at = timezone.now()
    grouping = grouping_or_404(grouping)
    shown = group_or_404(grouping, key)
    unit = unit_of(request, at)
    where = where_of(request.user, at, unit) & shown.rows
    whose = f"{shown.label}，{unit.name}" if unit else shown.label
    back = f"{reverse('console:assessment_group', args=[grouping.name, shown.key])}?"
    question = Question(indicator_or_404(name, indicators_of(grouping)), where, whose, back, shown.label)
    context = rows_context(request, question, at, kept=("unit",))
    return render(request, "console/assessment/figure_rows.html", context)


@require_GET
@staff("see_assessment")
def of_reach(request, name):
    """The rows of one figure of all that this reader is told of, as a sheet of one line sums them up."""
    at = timezone.now()
    question = Question(
        indicator_or_404(name, INDICATORS),
        where_of(request.user, at),
        "合计",
        f"{reverse('console:assessments')}?",
        "单位考评",
    )
    return render(request, "console/assessment/figure_rows.html", rows_context(request, question, at))
