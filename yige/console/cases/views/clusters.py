"""What came together: the same problem at one place, told by several people; a place to look before the next report."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import clusters as found
from yige.web.guard import staff


@require_GET
@staff("see_clusters")
def clusters(request):
    context = {
        "found": found.clusters_for(request.user, timezone.now()),
        "days": found.WINDOW.days,
        "fewest": found.FEWEST_VOICES,
        "most": found.MOST_CASES,
    }
    return render(request, "console/cases/clusters.html", context)
