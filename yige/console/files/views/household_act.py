"""One act on the file of a household, or the opening of a new one: its form, its verb, its refusals beside the fields."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.archive.people import actions, queries, standing
from yige.console.files import opening
from yige.console.files.forms.household_act import ACTS, NewHousehold
from yige.console.files.views.household import get_household_or_404, stub
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt

MOST_NAMES = 300  # buildings offered while typing


@require_http_methods(["GET", "HEAD", "POST"])
@staff("open_files")
@opening.only_when_logged
def act(request, household, verb):
    at, chosen = timezone.now(), ACTS.get(verb)
    subject = get_household_or_404(request.user, household, at)
    if chosen is None or not may_write(request, subject, at):
        raise Http404
    if asks_why(request, subject, at):
        return stub(request, subject, at, status=422 if request.method == "POST" else 200)
    form = chosen.form(
        request.POST if request.method == "POST" else None, subject=subject, user=request.user, at=at
    )
    outcome = attempt(request, form, chosen.verb, subject, key=key_of(request))
    if outcome.done:
        messages.success(request, chosen.done)
        return redirect("console:household", household=subject.pk)
    return page(request, form, chosen, at, subject=subject, status=outcome.status)


def may_write(request, household, at):
    return bool(standing.ways(request.user, household, at) & {"area", "keeper"}) and not household.ended_at


def asks_why(request, household, at):
    """Who only keeps files has to say why before a form shows anything of them."""
    return standing.ways(request.user, household, at) == {"keeper"} and not opening.purpose_for(
        request, household, at
    )


def page(request, form, chosen, at, *, subject=None, back="", status=200, **more):
    context = {"form": form, "act": chosen, "household": subject, "back": back, **more}
    if "building" in form.fields:
        context["buildings"] = queries.buildings_to_choose(request.user, at).values_list("whole", flat=True)[
            :MOST_NAMES
        ]
    return render(request, "console/files/file_act.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("write_files")
@opening.only_when_logged
def new(request):
    at, form = timezone.now(), None
    form = NewHousehold(
        request.POST if request.method == "POST" else None, subject=None, user=request.user, at=at
    )
    outcome = attempt(request, form, actions.make_household, lambda valid: valid.home, key=key_of(request))
    if outcome.done:
        messages.success(request, "这一户的档案已建好，请加上住在这里的人。")
        return redirect("console:household_act", household=outcome.result.pk, verb="add-person")
    return render_new(request, form, at, outcome.status)


def render_new(request, form, at, status):
    words = {
        "label": "新建一户",
        "hint": "先选住在哪里；住在这里的人下一步加。同一套房可以住几户，各建各的档。",
        "tone": "primary",
    }
    return page(request, form, words, at, status=status)
