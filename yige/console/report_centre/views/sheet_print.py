"""A sheet on paper, with where it comes from at its head."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.report_centre.rows import sheet as rows
from yige.console.report_centre.views.sheet import find
from yige.report_centre import queries, views
from yige.report_centre.writing import origin, typed_lines
from yige.web.guard import staff


@require_GET
@staff("see_sheets")
def sheet_print(request, pk):
    sheet, at = find(request, pk), timezone.now()
    period = queries.span_now(sheet, at)
    context = {
        "sheet": sheet,
        "origin": origin(sheet, request.user, at, period),
        "table": rows.table(views.view_of(sheet), request.user, at, period, rows.PRINTED),
        "typed": typed_lines(sheet, period),
    }
    return render(request, "console/report_centre/sheet_print.html", context)
