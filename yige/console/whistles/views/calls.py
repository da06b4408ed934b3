"""The seat of a called unit: one list of what is its own, by when; one page a call, with what it may do now."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.cases.models.photos import PhotoKind
from yige.console.whistles.rows import calls as rows
from yige.steps.s5_handle.calls import CALL_VERBS
from yige.steps.s5_handle.joint_forms import PHOTO_VERBS, VERBS, joint_form
from yige.web.forms import key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.web.photo_uploads import gather_photos
from yige.whistles.words import ACT_LABELS


@require_GET
@staff("answer_calls")
def calls(request):
    at = timezone.now()
    return render(
        request, "console/whistles/calls.html", {"rows": rows.what_is_mine(request.user, at), "now": at}
    )


@require_GET
@staff("answer_calls")
def call(request, pk):
    at = timezone.now()
    return show(request, rows.get_call_or_404(request.user, pk, at), at, chosen=request.GET.get("do", ""))


@require_POST
@staff("answer_calls")
def act(request, pk, verb, row):
    """Do one act about the call, a step or the plan that its unit leads; a refusal keeps what was typed and the photos."""
    at = timezone.now()
    found = rows.get_call_or_404(request.user, pk, at)
    about = row_of(found, verb, row)
    form, key = joint_form(verb, request.POST, row=about, at=at), key_of(request)
    gathered = (
        gather_photos(request, form, key, at=at, kind=PhotoKind.EVIDENCE) if verb in PHOTO_VERBS else []
    )
    outcome = INVALID
    if form.is_valid():
        said = {"by": request.user, "at": at, "key": key, "seen": seen_of(request), **form.arguments()}
        said |= {"photos": [kept.photo for kept in gathered]} if gathered else {}
        outcome = outcome_of(VERBS[verb], about, **said).beside(form)
    if not outcome.done:
        found = rows.get_call_or_404(request.user, pk, at)
        kept = {"verb": verb, "about": about, "form": form, "key": key, "gathered": gathered}
        return show(request, found, at, status=outcome.status, **kept)
    messages.success(request, f"“{ACT_LABELS[verb]}”已记下。")
    return redirect("console:call", pk)


def row_of(call, verb, pk):
    """Return what an address names with a verb of the unit, or 404: the call, a step, the whistle whose plan it leads."""
    if verb == "add_step" and rows.leads(call) and pk == call.whistle_id:
        return call.whistle
    if verb == "finish_step" or (verb in rows.PLAN_VERBS and rows.leads(call)):
        step = next((step for step in call.whistle.all_steps if step.pk == pk), None)
        if step is not None and (verb != "finish_step" or step.unit_id == call.unit_id):
            step.whistle = call.whistle
            return step
    elif verb in CALL_VERBS and "unit" in CALL_VERBS[verb].row.who and pk == call.pk:
        return call
    raise Http404


def show(request, call, at, *, chosen="", form=None, verb="", about=None, key=None, gathered=(), status=200):
    acts, steps, plan = rows.acts_of(call, at), list(rows.steps_with_acts(call, at)), rows.plan_acts(call)
    if form is None and (found := find_act(chosen, acts, steps, plan)):
        verb, about = found.verb, found.row
        form = joint_form(verb, row=about, at=at)
    context = {
        "call": call,
        "whistle": call.whistle,
        "acts": acts,
        "steps": steps,
        "plan_acts": plan,
        "others": rows.others_of(call),
        "final": rows.is_final(call, at),
        "next_label": rows.LABELS.get(call.next_mark, ""),
        "form": form,
        "verb": verb,
        "label": ACT_LABELS.get(verb, ""),
        "about": about,
        "key": key or secrets.token_urlsafe(24),
        "takes_photos": verb in PHOTO_VERBS,
        "gathered": gathered,
        "now": at,
    }
    name = "console/whistles/call.html"
    return render(request, f"{name}#act" if request.htmx else name, context, status=status)


def find_act(chosen, acts, steps, plan):
    """Return the act that was asked for, or the next one; None where there is nothing to do."""
    offered = [*acts, *(act for *_, found in steps for act in found), *plan]
    wanted = next((act for act in offered if f"{act.verb}:{act.row.pk}" == chosen), None)
    return wanted or next((act for act in offered if act.verb not in rows.PLAN_VERBS), None)
