"""One request for a sheet: who asks on what basis, what may be answered to it and what was."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.report_centre.forms import sheet_request as forms
from yige.report_centre import actions, queries
from yige.report_centre.models import AskedSheet
from yige.report_centre.request_rules import REFUSAL_BY_NAME, open_answers
from yige.report_centre.words import Answer
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("see_sheets")
def sheet_request(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("see_sheets")
def exists(request, pk):
    about = find(request, pk)
    form = forms.ExistsForm(request.POST, about=about, at=timezone.now())
    return answer(request, about, form, actions.answer_exists, "exists", "已答复：从清单上的表取。")


@require_POST
@staff("see_sheets")
def refuse(request, pk):
    about = find(request, pk)
    form = forms.RefuseForm(request.POST, facts=queries.facts_of(about, timezone.now()))
    return answer(request, about, form, actions.refuse_sheet, "refuse", "已答复：按规定不填。")


def answer(request, about, form, verb, name, words):
    outcome = attempt(request, form, verb, about, key=key_of(request))
    if not outcome.done:
        return page(request, find(request, about.pk), outcome.status, **{name: form})
    messages.success(request, words)
    return redirect("console:sheet_request", about.pk)


def find(request, pk):
    return get_object_or_404(queries.requests_seen(request.user, timezone.now()), pk=pk)


def page(request, about, status=200, *, exists=None, refuse=None):
    at = timezone.now()
    facts = queries.facts_of(about, at)
    may = {rule.name for rule in open_answers(facts, queries.standings_of(request.user, at, about.unit))}
    if Answer.EXISTS in may and exists is None and queries.sheets_to_answer_from(about, at).exists():
        exists = forms.ExistsForm(about=about, at=at)
    if Answer.REFUSED in may and refuse is None:
        refuse = forms.RefuseForm(facts=facts)
    context = {
        "about": about, "exists": exists, "refuse": refuse, "may_list": Answer.LISTED in may, "on_list": facts.on_list,
        "rule": REFUSAL_BY_NAME.get(about.refusal), "sheet": AskedSheet.objects.filter(request=about).first(),
    }  # fmt: skip
    return render(request, "console/report_centre/sheet_request.html", context, status=status)
