"""How far visits reach, by area: the same numbers as on the people's map, as they were published."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.contact.heads_lines import areas_not_visited
from yige.contact.people_map import areas_listed
from yige.contact.plans import LONG_WITHOUT_VISIT, VISIT_PLANS
from yige.contact.published_figures import published_below
from yige.contact.reach import reach_of
from yige.web.guard import staff


@require_GET
@staff("see_coverage")
def coverage(request):
    at, only_late = timezone.now(), request.GET.get("show") == "late"
    reach = reach_of(request.user, at)
    context = {
        "areas": areas_not_visited(request.user, at) if only_late else areas_listed(reach, at),
        "only_late": only_late,
        "published": published_below(reach.paths),
        "visits": bool(reach.files),
        "days": LONG_WITHOUT_VISIT.days,
        "plans": VISIT_PLANS,
        "now": at,
    }
    return render(request, "console/contact/coverage.html", context)
