"""The social organisations of the own area, or the one whose seat one holds."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.alliance.rows import social_organisations as rows
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("keep_organisations", "run_organisation")
def social_organisations(request):
    page = page_of(rows.organisations_listed(request.user, timezone.now()), request.GET.get("page"), A_PAGE)
    return render(request, "console/alliance/social_organisations.html", {"page": page})
