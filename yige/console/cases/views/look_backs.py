"""The look-backs that are due: on major matters that were closed, and on what somebody settled himself."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import after_closing
from yige.cases.models import Case
from yige.lib.local_time import local_day
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30
COMING_DAYS = 14


@require_GET
@staff("look_back")
def look_backs(request):
    at = timezone.now()
    coming = request.GET.get("show") == "coming"
    rows = within(request.user, at, coming).select_related("case__category", "case__grid", "case__unit")
    page = page_of(rows, request.GET.get("page"), A_PAGE)
    context = {"page": page, "coming": coming, "today": local_day(at), "days": COMING_DAYS, "now": at}
    return render(request, f"console/cases/look_backs.html{'#rows' if request.htmx else ''}", context)


def within(user, at, coming):
    """Return the look-backs on cases this person sees and did not handle, due by today or soon after."""
    today = local_day(at)
    seen = Case.objects.visible_to(user, at).exclude(handler=user)
    rows = after_closing.open_look_backs().filter(case__in=seen)
    if coming:
        return rows.filter(due_on__gt=today, due_on__lte=today + timedelta(days=COMING_DAYS))
    return rows.filter(due_on__lte=today)
