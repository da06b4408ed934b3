"""The open ledger: what was reported in the area and how far it is, without anybody's name or words."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.cases import deadlines
from yige.lib.numbers import parse
from yige.notices.models import Notice
from yige.portal import queries
from yige.web.paging import page_of

ROWS = 20


@require_safe
def ledger(request):
    now = timezone.now()
    areas = queries.areas()
    asked = _asked(request, areas)
    context = {
        "now": now,
        "areas": areas,
        "classes": queries.classes(),
        "groups": queries.GROUPS,
        "asked": asked,
        "whose": next((area["name"] for area in areas if area["path"] == asked["path"]), "各社区"),
        "page": page_of(queries.ledger(**_filters(asked)), request.GET.get("page"), ROWS),
        "figures": queries.figures(path=asked["path"], at=now),
        "by_class": queries.by_class(path=asked["path"], at=now),
        "told": Notice.objects.of_area(asked["path"] or "/")[:3],
    }
    return render(request, "portal/ledger.html", context)


@require_safe
def row(request, serial):
    case = queries.ledger(number=serial).first()
    if case is None:
        raise Http404
    now = timezone.now()
    context = {
        "case": case,
        "now": now,
        "outlook": deadlines.outlook(case, now),
        "lines": queries.public_lines(case),
    }
    return render(request, "portal/row.html", context)


def _asked(request, areas):
    path = request.GET.get("area", "")
    return {
        "path": path if any(area["path"] == path for area in areas) else "",
        "group": request.GET.get("state", ""),
        "category": request.GET.get("category", "")[:60],
        "number": request.GET.get("number", "")[:40].strip(),
    }


def _filters(asked):
    filters = {name: asked[name] for name in ("path", "group", "category")}
    if asked["number"]:
        # A number that is none finds nothing, rather than everything.
        filters["number"] = parse(asked["number"], settings.YIGE_DISTRICT_CODE) or -1
    return filters
