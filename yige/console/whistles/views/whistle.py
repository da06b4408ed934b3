"""One whistle on one screen: the agenda of a joint meeting, with the acts of the street; and the same on one sheet."""

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.whistles.rows import whistle as rows
from yige.steps.s5_handle.joint_forms import VERBS, joint_form
from yige.steps.s5_handle.joint_plan import STEP_VERBS, WHISTLE_VERBS
from yige.web.forms import key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.whistles.words import ACT_LABELS


@require_GET
@staff("see_whistles")
def whistle(request, pk):
    at = timezone.now()
    found = rows.get_whistle_or_404(request.user, pk, at)
    return show(request, found, at, chosen=request.GET.get("do", ""))


@require_GET
@staff("see_whistles")
def sheet(request, pk):
    at = timezone.now()
    found = rows.get_whistle_or_404(request.user, pk, at)
    units = rows.units_of(found, request.user, at)
    context = {
        "whistle": found,
        "units": units,
        "steps": rows.steps_of(found, request.user, units, at),
        "now": at,
    }
    return render(request, "console/whistles/whistle_print.html", context)


@require_POST
@staff("whistle")
def act(request, pk, verb, row):
    """Do one act about the whistle, one of its calls or one of its steps; a refusal keeps what was typed."""
    at = timezone.now()
    found = rows.get_whistle_or_404(request.user, pk, at)
    about = row_of(found, verb, row)
    form, key = joint_form(verb, request.POST, row=about, at=at), key_of(request)
    outcome = INVALID
    if form.is_valid():
        said = {"by": request.user, "at": at, "key": key, "seen": seen_of(request)}
        outcome = outcome_of(VERBS[verb], about, **said, **form.arguments()).beside(form)
    if not outcome.done:
        found = rows.get_whistle_or_404(request.user, pk, at)
        return show(request, found, at, form=form, verb=verb, about=about, key=key, status=outcome.status)
    messages.success(request, f"“{ACT_LABELS[verb]}”已记下。")
    return redirect("console:whistle", pk)


def row_of(whistle, verb, pk):
    """Return the row of this whistle that an address names, or 404."""
    if verb not in VERBS:
        raise Http404
    for one in (whistle, *whistle.all_calls, *whistle.all_steps):
        if one.pk == pk and fits(verb, one, whistle):
            if one is not whistle:
                one.whistle = whistle
            return one
    raise Http404


def fits(verb, row, whistle):
    """Say whether a verb is about a row of this kind."""
    if row is whistle:
        return verb in WHISTLE_VERBS
    return (verb in STEP_VERBS) is (row in whistle.all_steps) and verb not in WHISTLE_VERBS


def show(request, whistle, at, *, chosen="", form=None, verb="", about=None, key=None, status=200):
    """Show the whistle; `chosen` is "verb:row" of the act whose form is open."""
    units = rows.units_of(whistle, request.user, at)
    steps = rows.steps_of(whistle, request.user, units, at)
    acts = rows.whistle_acts(whistle, request.user, at)
    if form is None and (found := find_act(chosen, acts, units, steps)):
        verb, about = found.verb, found.row
        form = joint_form(verb, row=about, at=at)
    context = {
        "whistle": whistle,
        "units": units,
        "steps": steps,
        "acts": acts,
        "form": form,
        "verb": verb,
        "label": ACT_LABELS.get(verb, ""),
        "about": about,
        "key": key or secrets.token_urlsafe(24),
        "now": at,
    }
    name = "console/whistles/whistle.html"
    return render(request, f"{name}#act" if request.htmx else name, context, status=status)


def find_act(chosen, acts, units, steps):
    """Return the act that was asked for, if this person may do it now."""
    if not chosen:
        return None
    offered = [
        *acts,
        *(act for unit in units for act in unit.acts),
        *(act for step in steps for act in step.acts),
    ]
    return next((act for act in offered if f"{act.verb}:{act.row.pk}" == chosen), None)
