"""The deliberations of the own area, of what lies above it, and of the own unit: at work, waiting, ended."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.deliberation.rows import deliberations as rows
from yige.web.guard import may, staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("see_deliberations")
def deliberations(request, show="open"):
    at = timezone.now()
    page = page_of(rows.deliberations_shown(request.user, at, show), request.GET.get("page"), A_PAGE)
    context = {
        "page": page,
        "rows": rows.deliberation_rows(page, at),
        "show": show,
        "nothing": rows.NOTHING[show],
        "may_raise": may(request, "raise_deliberations"),
    }
    return render(request, "console/deliberation/deliberations.html", context)
