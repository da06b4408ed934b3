"""The board of joint work: what runs and what it waits for, since when; who asks for a whistle; how many there were."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.whistles.rows import board as rows
from yige.web.guard import may, staff
from yige.whistles import waiting


@require_GET
@staff("see_whistles")
def board(request):
    at = timezone.now()
    context = {
        "rows": rows.rows(request.user, at),
        "requests": list(waiting.open_requests(request.user, at)),
        "may_whistle": may(request, "whistle"),
        "chart": rows.chart(waiting.weekly_counts(request.user, at), at),
        "now": at,
    }
    return render(request, "console/whistles/board.html", context)
