"""The ledger of where open cases wait: on which level, with which unit, for what, since when; never persons."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import waiting_places, work_lists
from yige.cases.models import Case
from yige.cases.unit_figures import reach_words
from yige.cases.words import State
from yige.console.cases.rows import queue
from yige.console.cases.rows import waiting as rows
from yige.web.guard import staff


@require_GET
@staff("see_cases")
def waiting(request):
    at = timezone.now()
    asked, who = rows.read_ledger_query(request.GET), work_lists.viewer(request.user, at)
    found = queue.narrow(Case.objects.visible_to(who.user, at), asked, who)
    heaps = waiting_places.heaps_of(found, at)
    choices = queue.choices(request.user, at)
    context = {
        "asked": asked,
        "levels": rows.levels_of(heaps, asked),
        "all": rows.all_of(heaps, asked),
        "closed": rows.after_closing(found.filter(state=State.CLOSED).count(), asked),
        "selects": rows.selects(asked, choices),
        "narrowed": rows.narrowed_words(asked, choices),
        "reach": reach_words(request.user, at),
        "now": at,
    }
    return render(request, "console/cases/waiting.html", context)
