"""Promises to residents that passed their day or come due: by unit and grid, with words only for those who open the file."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.contact.promises import promise_rows, promises_below
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("see_coverage")
def promises(request):
    at, soon = timezone.now(), request.GET.get("show") == "soon"
    page = page_of(promises_below(request.user, at, soon=soon), request.GET.get("page"), A_PAGE)
    context = {"page": page, "rows": promise_rows(page.rows, request.user, at), "soon": soon, "now": at}
    return render(request, "console/contact/promises.html", context)
