"""The rows that a frozen figure was counted from, as they were kept."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment.periods import month_of
from yige.console.assessment.rows import month_sheet as rows
from yige.console.assessment.views.assessed_unit import readable
from yige.console.assessment.views.month_sheet import find
from yige.month_sheets.definition import indicators_of
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 50


@require_GET
@staff("see_assessment")
def sheet_rows(request, pk, slug, name):
    at, sheet = timezone.now(), find(request, pk)
    unit = readable(request, slug, at)
    indicator = next(
        (each for each in indicators_of(sheet.definition or {"indicators": []}) if each.name == name), None
    )
    if indicator is None:
        raise Http404
    found = rows.kept_rows(sheet, unit, name, request.user, at)
    page = page_of(found, request.GET.get("page"), A_PAGE)
    context = {
        "sheet": sheet,
        "unit": unit,
        "period": month_of(sheet.first),
        "indicator": indicator,
        "of": found.count(),
        "met": found.filter(**{f"met__{name}": True}).count(),
        "page": page,
        "lines": rows.kept_lines(page, name),
    }
    return render(request, "console/assessment/sheet_rows.html", context)
