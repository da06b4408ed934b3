"""Posters as PDF: one grid's codes, or those of everything below it in one file."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from yige.console.admin.rows import grids as rows
from yige.grids import posters
from yige.web.guard import staff

MOST = 400  # pages in one file; more is asked for community by community


@require_GET
@staff("see_grids")
def one(request, code):
    return answer(request, rows.grid_or_404(request.user, code), whole=False)


@require_GET
@staff("see_grids")
def whole(request, code):
    return answer(request, rows.grid_or_404(request.user, code), whole=True)


def answer(request, grid, *, whole):
    now = timezone.now()
    grids = list(rows.grids_of(request.user, now).below(grid.path)) if whole else [grid]
    pages = rows.posters(grids, settings.YIGE_PUBLIC_URL, now)
    if not 0 < len(pages) <= MOST:
        context = {"grid": grid, "count": len(pages), "most": MOST}
        return render(request, "console/admin/posters.html", context, status=422)
    response = HttpResponse(posters.pdf(pages), content_type="application/pdf")
    name = f"海报-{grid.name}-{len(pages)}张.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    return response
