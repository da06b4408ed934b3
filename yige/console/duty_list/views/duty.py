"""One row of the duty list: what it says, what came before it, what it would change; deciding and ending it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.duty_list.forms import duty as forms
from yige.console.duty_list.rows import duties as rows
from yige.duty_list import actions, trial
from yige.duty_list.models import DutyRow
from yige.duty_list.words import RowState
from yige.lib.local_time import local_day
from yige.web.forms import key_of
from yige.web.guard import may, staff
from yige.web.outcome import attempt


@require_GET
@staff("see_duties")
def duty(request, pk):
    return page(request, find(pk))


@require_POST
@staff("decide_hard_cases")
def decide(request, pk):
    row, form = find(pk), forms.DecideForm(request.POST)
    outcome = attempt(request, form, actions.decide_row, row, key=key_of(request))
    if not outcome.done:
        return page(request, row, decide=form, status=outcome.status)
    done = outcome.result.state == RowState.IN_FORCE
    messages.success(
        request, "已经定下，派单时先给出这个单位。" if done else "没有同意，理由已写在这一条上。"
    )
    return redirect("console:duty", pk)


@require_POST
@staff("decide_hard_cases")
def end(request, pk):
    row, form = find(pk), forms.EndForm(request.POST)
    outcome = attempt(request, form, actions.end_row, row, key=key_of(request))
    if not outcome.done:
        return page(request, row, end=form, status=outcome.status)
    messages.success(request, "已写上停用的日子，这一条留着可以查。")
    return redirect("console:duty", pk)


def find(pk):
    named = ("category__parent", "lead", "proposed_by", "decided_by", "case")
    return get_object_or_404(DutyRow.objects.select_related(*named), pk=pk)


def page(request, row, *, decide=None, end=None, status=200):
    day, decides = local_day(timezone.now()), may(request, "decide_hard_cases")
    line, *others = rows.lines([row, *rows.history(row)], day)
    context = {"line": line, "row": row, "history": others, "may_propose": may(request, "propose_duties")}
    waits, stands = row.state == RowState.PROPOSED, rows.stands(row, day)
    # A form that was refused is always shown again: the row may have been decided or ended meanwhile, and that must be read.
    context["decide"] = decide or (forms.DecideForm() if decides and waits else None)
    context["end"] = end or (forms.EndForm() if decides and stands and "end" in request.GET else None)
    if context["may_propose"] and (waits or context.get("end")):
        change = {"added": [row]} if waits else {"ended": [row]}
        context["dry"] = trial.dry_run(request.user, timezone.now(), **change)
    return render(request, "console/duty_list/duty.html", context | {"stands": stands}, status=status)
