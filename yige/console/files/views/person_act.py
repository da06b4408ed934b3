"""One act on the file of a person, and the end of a label: its form, its verb, its refusals beside the fields."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yige.archive.models import Label
from yige.archive.people import access, actions
from yige.console.files import opening
from yige.console.files.forms.person_act import ACTS
from yige.console.files.views import household_act as of_household
from yige.console.files.views.person import get_person_or_404, show, stub
from yige.lib.local_time import local_day
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("open_files")
@opening.only_when_logged
def act(request, person, verb):
    at, chosen = timezone.now(), ACTS.get(verb)
    subject = get_person_or_404(request.user, person, at)
    if chosen is None or not of_household.may_write(request, subject.household, at):
        raise Http404
    if asks_why(request, subject, at):
        return stub(request, subject, at, status=422 if request.method == "POST" else 200)
    form = chosen.form(
        request.POST if request.method == "POST" else None, subject=subject, user=request.user, at=at
    )
    outcome = attempt(request, form, chosen.verb, subject, key=key_of(request))
    if outcome.done:
        messages.success(request, chosen.done)
        return redirect("console:household", household=form.household.pk)
    shown = {"subject": subject.household, "person": subject, "status": outcome.status}
    return of_household.page(request, form, chosen, at, **shown)


def asks_why(request, person, at):
    child = (
        access.is_child(person, at)
        and opening.purpose_for(request, person.household, at) not in access.FOR_CHILDREN
    )
    return child or of_household.asks_why(request, person.household, at)


@require_POST
@staff("open_files")
@opening.only_when_logged
def withdraw(request, label):
    """Take a label back at the word of the person; it takes one step and no reason."""
    at, form = timezone.now(), ButtonForm(request.POST)
    row = get_object_or_404(Label.objects.held_on(local_day(at)).only("person_id"), pk=label)
    subject = get_person_or_404(request.user, row.person_id, at)
    outcome = attempt(request, form, actions.withdraw_label, row, key=key_of(request))
    if not outcome.done:
        return show(request, subject, at, outcome.status, refused=form)
    messages.success(request, "标签已撤回。")
    return redirect("console:person", person=subject.pk)
