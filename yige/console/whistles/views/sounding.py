"""Sounding a whistle for a case: which trigger, what was tried, who leads and assists, where and when to meet."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.cases.rows import case as case_rows
from yige.console.whistles.rows import sounding as rows
from yige.steps.forms import form_for
from yige.steps.verbs import VERBS, why_refused
from yige.web.forms import key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.whistles.models import Whistle, WhistleRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff("whistle")
def sounding(request, serial):
    at = timezone.now()
    case = case_rows.get_case_to_act_on_or_404(request.user, serial, at)
    if running := Whistle.objects.running().filter(case=case).first():
        return redirect("console:whistle", running.pk)
    asked = WhistleRequest.objects.filter(case=case, answered_at=None).select_related("by").first()
    first = {"trigger": asked.trigger, "tried": asked.tried} if asked else {}
    form = form_for("whistle", request.POST or None, case=case, by=request.user, at=at, initial=first)
    key, outcome = key_of(request), None
    if request.method == "POST":
        outcome = sound(request, case, form, key, at)
        if outcome.done:
            return redirect("console:whistle", Whistle.objects.running().get(case=case).pk)
    refused = why_refused("whistle", case, request.user, at)
    if refused and request.method != "POST" and not case.is_open:
        raise Http404
    context = {
        "case": case, "form": form, "rows": form.rows(), "asked": asked, "key": key, "refused": refused,
        "triggers": rows.triggers(case.category_id), "silent": rows.silent_units(at), "now": at,
    }  # fmt: skip
    return render(
        request,
        "console/whistles/sounding.html",
        context,
        status=outcome.status if outcome is not None else 200,
    )


def sound(request, case, form, key, at):
    if not form.is_valid():
        return INVALID
    said = {"by": request.user, "at": at, "key": key, "seen": seen_of(request)}
    outcome = outcome_of(VERBS["whistle"], case, **said, **form.arguments())
    return outcome.beside(form)
