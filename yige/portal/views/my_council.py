"""What I raised for my neighbours to decide and what became of it; raising anew; another opinion on what is shown."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from yige.deliberation import queries
from yige.deliberation.models import Deliberation, Objection, Question
from yige.deliberation.words import RaisedFrom, Stage
from yige.lib.local_time import date_words
from yige.portal.my_forms import CouncilForm
from yige.portal.resident import resident
from yige.steps import danger_doors
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt

MOST = 50
RAISED = "提好了。最迟 {day} 答复您列不列入议题，结果在这一页看，也会发短信告诉您。"


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def my_council(request):
    area = queries.community_of(request.person.household.grid_path) if request.person.household_id else None
    form = CouncilForm(request.POST or None) if area else None
    said = {"by": request.by, "person": request.person, "raised_from": RaisedFrom.RESIDENT}
    outcome = attempt(request, form, danger_doors.raise_matter, area, **said) if area else None
    if outcome:
        due = outcome.result.due_on
        messages.success(request, RAISED.format(day=date_words(due)))
        return redirect_heard("portal:my_council", form.cleaned_data["words"])
    context = {
        "form": form,
        "area": area,
        "rights": queries.rights_of_household(request.person.household_id)[:MOST] if area else [],
        "rows": Deliberation.objects.filter(person=request.person)[:MOST],
        "questions": Question.objects.filter(person=request.person)[:MOST],
        "objections": Objection.objects.filter(person=request.person).select_related("deliberation")[:MOST],
    }
    return render(request, "portal/my_council.html", context, status=outcome.status if area else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def object_to(request, pk):
    row = get_object_or_404(Deliberation.objects.public().filter(stage__in=(Stage.MET, Stage.SHOWN)), pk=pk)
    form = CouncilForm(request.POST or None)
    outcome = attempt(request, form, danger_doors.object_to, row, by=request.by, person=request.person)
    if outcome.done:
        messages.success(request, "收到了。答复了会发短信告诉您，答复也公示在这件议事的页面上。")
        return redirect_heard("portal:my_council", form.cleaned_data["words"])
    return render(request, "portal/my_objection.html", {"form": form, "row": row}, status=outcome.status)
