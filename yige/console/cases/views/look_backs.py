"""The look-backs: on matters of weight, on what the lot fell on, and on what somebody settled himself."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases.look_backs import SHOW_BY_NAME, SHOWS
from yige.lib.local_time import local_day
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("look_back")
def look_backs(request):
    at = timezone.now()
    show = SHOW_BY_NAME.get(request.GET.get("show"), SHOWS[0])
    rows = show.rows(request.user, at).select_related("case__category", "case__grid", "case__unit")
    page = page_of(rows, request.GET.get("page"), A_PAGE)
    context = {"page": page, "show": show, "cuts": SHOWS, "today": local_day(at), "now": at}
    return render(request, f"console/cases/look_backs.html{'#rows' if request.htmx else ''}", context)
