"""The sheets of the months, the newest first, each with how it stands."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.assessment.periods import month_of
from yige.console.assessment.rows import month_sheets as rows
from yige.month_sheets.exclusions import waiting_for
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 24


@require_GET
@staff("see_assessment")
def month_sheets(request):
    at = timezone.now()
    page = page_of(rows.sheets_to_read(request.user, at), request.GET.get("page"), A_PAGE)
    context = {
        "page": page,
        "sheets": [(sheet, month_of(sheet.first)) for sheet in page],
        "waiting": len(waiting_for(request.user, at)),
    }
    return render(request, "console/assessment/month_sheets.html", context)
