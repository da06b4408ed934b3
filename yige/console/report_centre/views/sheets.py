"""The list of sheets by who asks for them, what waits for the reader, and what was answered to others."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.report_centre.rows import sheets as rows
from yige.report_centre.queries import requests_seen
from yige.report_centre.words import Answer
from yige.web.guard import staff

ANSWERS_SHOWN = 20


@require_GET
@staff("see_sheets")
def sheets(request):
    at, gone = timezone.now(), "gone" in request.GET
    lines = rows.lines(request.user, at, gone=gone)
    others = requests_seen(request.user, at).exclude(answer__in=("", Answer.LISTED))
    context = {
        "askers": rows.by_asker(lines),
        "waiting": rows.waiting(request.user, at),
        "acts": rows.to_act_on(lines, request.user, at),
        "answers": others[:ANSWERS_SHOWN],
        "gone": gone,
    }
    return render(request, "console/report_centre/sheets.html", context)
