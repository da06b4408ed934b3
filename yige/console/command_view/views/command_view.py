"""The wall of a command room: what is open now, where it waits, what runs; every figure opens its rows, nothing personal."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases.unit_figures import reach_words
from yige.console.command_view.rows import command_view as rows
from yige.lib.local_time import local
from yige.web.guard import staff
from yige.web.quiet import answer_quietly, asks_quietly

PAGE = "console/command_view/command_view.html"
MOMENT = "X-Yg-Moment"  # said with every answer: the page trusts no clock of its own


@require_GET
@staff("see_command_view")
def command_view(request):
    at = timezone.now()
    moment = f"{local(at):%H:%M:%S}"
    context = rows.tiles(request.user, at) | {"moment": moment, "reach": reach_words(request.user, at)}
    if asks_quietly(request):
        answer = answer_quietly(request, render(request, f"{PAGE}#tiles", context))
    else:
        answer = render(request, PAGE, context)
    answer[MOMENT] = moment
    return answer
