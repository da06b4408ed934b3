"""The questions that were answered where they were raised, of the own area: what was asked, where, how it was answered."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.deliberation.models import Question
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("raise_deliberations")
def questions(request):
    rows = Question.objects.visible_to(request.user, timezone.now()).select_related("answered_by")
    page = page_of(rows, request.GET.get("page"), A_PAGE)
    return render(request, "console/deliberation/questions.html", {"page": page})
