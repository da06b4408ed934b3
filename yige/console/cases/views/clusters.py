"""What came together: the same problem at one place, told by several people; a place to look before the next report."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import clusters as kept
from yige.console.cases.rows import clusters as rows
from yige.web.guard import may, staff


@require_GET
@staff("see_clusters")
def clusters(request):
    found = kept.clusters_for(request.user, timezone.now())
    context = {
        "found": found,
        "rows": rows.cluster_rows(found.clusters),
        "may_propose": may(request, "propose_topics"),
        "days": kept.WINDOW.days,
        "fewest": kept.FEWEST_VOICES,
        "most": kept.MOST_CASES,
    }
    return render(request, "console/cases/clusters.html", context)
