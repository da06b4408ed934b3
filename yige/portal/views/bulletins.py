"""The published bulletins of the streets: all of them, one to read and print, the same as a file.

One that was withdrawn says when and why, and shows nothing else.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yige.assessment.periods import month_of
from yige.bulletins.models import Bulletin
from yige.bulletins.words import BulletinState
from yige.topics.queries import published_in
from yige.web.bulletin_sheet import parts_of
from yige.web.paging import page_of

A_PAGE = 24


@require_safe
def bulletins(request):
    page = page_of(Bulletin.objects.read_by_all().defer("pdf", "told"), request.GET.get("page"), A_PAGE)
    return render(request, "portal/bulletins.html", {"page": page})


@require_safe
def bulletin(request, pk):
    row = get_object_or_404(Bulletin.objects.read_by_all().defer("pdf"), pk=pk)
    if row.state == BulletinState.WITHDRAWN:
        later = Bulletin.objects.public().filter(path=row.path, month=row.month).only("pk").first()
        return render(request, "portal/bulletin_withdrawn.html", {"row": row, "later": later})
    month = month_of(row.month)
    topics = published_in(row.path, month.begin, month.end)
    return render(request, "portal/bulletin.html", {"row": row, "topics": topics} | parts_of(row.told))


@require_safe
@cache_control(no_cache=True)  # what was withdrawn is served by nobody
def bulletin_file(request, pk):
    row = get_object_or_404(Bulletin.objects.public(), pk=pk)
    if not row.pdf:
        raise Http404
    response = HttpResponse(bytes(row.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bulletin-{row.month:%Y-%m}.pdf"'
    return response
