"""The topics of the own area, of what lies above it, and of the own unit: at work, late, ended."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.topics.rows import topics as rows
from yige.web.guard import staff
from yige.web.paging import page_of

A_PAGE = 30


@require_GET
@staff("see_topics")
def topics(request, show="open"):
    at = timezone.now()
    page = page_of(rows.topics_shown(request.user, at, show), request.GET.get("page"), A_PAGE)
    context = {"page": page, "rows": rows.topic_rows(page, at), "show": show, "nothing": rows.NOTHING[show]}
    return render(request, "console/topics/topics.html", context)
