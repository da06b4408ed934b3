"""This month where I live: what was published of a street or a community, and the month that still runs, until yesterday."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.assessment.periods import month_of
from yige.bulletins import open_figures
from yige.bulletins.models import OpenFigure
from yige.lib.local_time import local_day
from yige.portal import open_rows, open_runs, queries


@require_safe
def figures(request):
    at, months = timezone.now(), open_figures.months_published()
    month = open_rows.day_named(request.GET.get("month", ""), months)
    rows = list(OpenFigure.objects.of_month(month)) if month else []
    areas = list({row.path: row.area for row in rows}.items())
    asked = request.GET.get("area", "")
    path = asked if asked in dict(areas) else (areas[0][0] if areas else "")
    here = [row for row in rows if row.path == path]
    context = {
        "months": months,
        "month": month_of(month) if month else None,
        "no_month": bool(request.GET.get("month"))
        and (not month or f"{month:%Y-%m}" != request.GET["month"]),
        "areas": areas,
        "path": path,
        "no_area": bool(asked) and asked != path,
        "area": dict(areas).get(path, ""),
        "told": open_rows.month_told(here) if here else None,
        "runs": open_runs.runs_of_classes(path, month, months) if here else None,
        "heads": open_rows.HEADS,
        "meanings": open_rows.MEANINGS,
        "running": queries.running_month(path=path, at=at),
        "this_month": month_of(local_day(at)),
    }
    return render(request, "portal/figures.html", context)
