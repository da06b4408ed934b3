"""Open cases on the map and in a table that says the same; a click shows the list of a grid."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import condition, require_GET

from yige.cases import case_map
from yige.cases.models import Case
from yige.cases.unit_figures import reach_words
from yige.grids.models import Grid
from yige.lib.typed_values import read_id
from yige.topics.models import Topic
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30
JSON = "application/json"
LAST_SERIAL = 10**12 - 1


@require_GET
@staff("see_cases")
def map(request):
    at = timezone.now()
    context = listing(request, at) | {"now": at, "topic": topic_asked(request, at)}
    if not request.htmx:
        context |= {
            "rows": case_map.counts_of_areas(request.user, at),
            "tones": case_map.TONES,
            "reach": reach_words(request.user, at),
            "most": case_map.MOST_POINTS,
            "topics": Topic.objects.visible_to(request.user, at).open(),
        }
    return render(request, f"console/maps/case_map.html{'#list' if request.htmx else ''}", context)


def listing(request, at):
    """Return the list of one grid's open cases, when a grid was chosen."""
    chosen = Grid.objects.current().filter(path=request.GET.get("path", "")).first()
    if chosen is None:
        return {"chosen": None}
    rows = (
        Case.objects.visible_to(request.user, at).open().below(chosen.path).order_by("next_mark_at", "serial")
    )
    rows = rows.select_related("category", "grid", "unit")
    return {"chosen": chosen, "page": page_of(rows, request.GET.get("page"), A_PAGE)}


@require_GET
@staff("see_cases")
def points(request):
    at = timezone.now()
    topic = topic_asked(request, at)
    only = topic.links.filter(taken_at=None).values("case") if topic else None
    return HttpResponse(case_map.map_json(request.user, at, only), content_type=JSON)


def topic_asked(request, at):
    """Return the topic whose cases alone are shown, or None when none was asked for."""
    asked = read_id(request.GET.get("topic", ""))
    return Topic.objects.visible_to(request.user, at).filter(pk=asked).first() if asked else None


@require_GET
@staff("see_cases")
@condition(etag_func=lambda request: f'"{case_map.tree_version()}"')
def outlines(request):
    return HttpResponse(case_map.outlines_json(), content_type=JSON)


@require_GET
@staff("see_cases")
def case(request, serial):
    """Lead from a point, which knows the serial alone, to the page of the case; that page asks who is looking."""
    if serial > LAST_SERIAL:
        raise Http404
    return redirect("console:case", serial)
