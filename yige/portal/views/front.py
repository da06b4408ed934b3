"""The first page: report, look up, see what was done."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.portal import queries


@require_safe
def front(request):
    now = timezone.now()
    return render(request, "portal/front.html", {"figures": queries.figures(path="", at=now), "now": now})
