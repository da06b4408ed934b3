"""How far visits reach, by grid: met lately, not for long, no visits wished; small counts are told as a range."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.contact.coverage import coverage_by_grid
from yige.contact.plans import LONG_WITHOUT_VISIT, VISIT_PLANS
from yige.web.guard import staff


@require_GET
@staff("see_coverage")
def coverage(request):
    at = timezone.now()
    context = {
        "grids": coverage_by_grid(request.user, at),
        "days": LONG_WITHOUT_VISIT.days,
        "plans": VISIT_PLANS,
        "now": at,
    }
    return render(request, "console/contact/coverage.html", context)
