"""The people's map and, beside it, tables that say the same; a grid or a building opens in the panel."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_GET

from yige.accounts.roles import ROLE_BY_NAME
from yige.cases import case_map as cases
from yige.console.maps.rows import people_map as rows
from yige.contact import area_figures, people_map_layers
from yige.contact import people_map as figures
from yige.contact.published_figures import published_below
from yige.contact.reach import reach_of
from yige.lib.typed_values import read_id
from yige.web.guard import held_roles, staff

JSON = "application/json"


@require_GET
@staff("see_people_map")
def people_map(request):
    at = timezone.now()
    reach = reach_of(request.user, at)
    if "q" in request.GET:
        found = rows.search(reach, request.GET["q"])
        if request.htmx:
            return render(
                request, "console/maps/people_map.html#found", {"found": found, "q": request.GET["q"]}
            )
        return page(request, reach, at, {"found": found, "q": request.GET["q"]})
    context = panel(request, reach, at)
    if request.htmx:
        return render(request, "console/maps/people_map.html#panel", context)
    return page(request, reach, at, context)


def page(request, reach, at, context):
    sees_cases = any(ROLE_BY_NAME[name].sees != "none" for name in held_roles(request))
    open_cases = figures.open_cases_by_area(request.user, at) if sees_cases else {}
    context |= {
        "rows": rows.areas(reach, at, open_cases),
        "sees_cases": sees_cases,
        "tones": cases.TONES,
        "published": published_below(reach.paths),
        "steps": area_figures.STEPS,
        "visits": bool(reach.files),
        "has_ground": bool(settings.YIGE_TIANDITU_KEY),
    }
    return render(request, "console/maps/people_map.html", context)


def panel(request, reach, at):
    """Return what the panel shows: a building with its homes, a grid with what stands in it, or nothing yet."""
    if building := read_id(request.GET.get("building")):
        return rows.building(reach, request.user, at, building) or {}
    if path := request.GET.get("grid", ""):
        return rows.grid(reach, at, path) or {}
    return {}


@require_GET
@staff("see_people_map")
def layer(request, name):
    if name not in people_map_layers.LAYERS:
        raise Http404
    at = timezone.now()
    tag = people_map_layers.outlines_tag(request.user, at) if name == "outlines" else None
    if tag and (unchanged := get_conditional_response(request, etag=tag)):
        return unchanged
    response = HttpResponse(people_map_layers.LAYERS[name](request.user, at), content_type=JSON)
    if tag:
        response.headers["ETag"] = tag
    return response
