"""The calls of the own area: those that come or wait for who came, and those that are over."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.alliance.rows import volunteer_calls as rows
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("call_volunteers", "run_organisation")
def volunteer_calls(request, show="open"):
    at = timezone.now()
    page = page_of(rows.calls_shown(request.user, at, show), request.GET.get("page"), A_PAGE)
    context = {"page": page, "show": show, "nothing": rows.NOTHING[show], "now": at}
    return render(request, "console/alliance/volunteer_calls.html", context)
