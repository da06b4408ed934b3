"""What came of topics, for everybody: all that have a published result, and one to read."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yige.topics import queries
from yige.web.paging import page_of

A_PAGE = 20


@require_safe
def topics(request):
    page = page_of(queries.public_topics(), request.GET.get("page"), A_PAGE)
    return render(request, "portal/topics.html", {"page": page})


@require_safe
def topic(request, pk):
    row = get_object_or_404(queries.public_topics(), pk=pk)
    return render(request, "portal/topic.html", {"shown": queries.public_topic(row)})
