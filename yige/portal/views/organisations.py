"""The social organisations of a place and the units that reported in there, and one organisation: what it does, when, how one joins, what it calls for."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.alliance import queries
from yige.alliance.organisations import shown_organisations
from yige.alliance.reporting_in import units_near
from yige.portal.views.together import area_of
from yige.web.paging import page_of

A_PAGE = 20


@require_safe
def organisations(request):
    area = area_of(request)
    rows = shown_organisations(area.path if area else "").order_by("grid_path", "name", "pk")
    page = page_of(rows, request.GET.get("page"), A_PAGE)
    context = {"page": page, "area": area, "areas": queries.communities_with_organisations()}
    context["units"] = units_near(area.path if area else "")
    return render(request, "portal/organisations.html", context)


@require_safe
def organisation(request, pk):
    row, at = get_object_or_404(shown_organisations(), pk=pk), timezone.now()
    context = {"organisation": row, "told": row.alliance_page, "now": at}
    context["calls"] = queries.coming_calls(at).filter(organisation=row)
    return render(request, "portal/organisation.html", context)
