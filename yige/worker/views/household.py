"""The file of a household on a phone: who lives here, what is open; the number behind a reason; each opening is a line."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.archive.models import Household, Person
from yige.archive.people import access
from yige.archive.words import Purpose
from yige.contact import visited_households
from yige.contact.models import Promise
from yige.lib.local_time import local_day
from yige.steps.s1_approach import actions as s1
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of
from yige.worker.visit_form import day_field


class DeclineVisitsForm(forms.Form):
    until = day_field("到哪天")


def household_or_404(request, pk, at):
    """Return a household that the user visits, or 404."""
    rows = Household.objects.visited_by(request.user, at).select_related("home__building", "grid")
    return get_object_or_404(rows, pk=pk)


@require_GET
@staff("visit")
def household(request, pk):
    at = timezone.now()
    return file_page(request, household_or_404(request, pk, at), at)


def file_page(request, subject, at, status=200, **more):
    """Write the line in the log, then show the file."""
    ways = access.view(subject, by=request.user, at=at, household=subject)
    context = {
        "file": visited_households.household_file(subject, at, ways),
        "household": subject,
        "now": at,
        "day": local_day(at),
        "reasons": [(reason.value, reason.label) for reason in Purpose],
        "shown_seconds": access.SHOWN_SECONDS,
        "form": DeclineVisitsForm(initial={"until": subject.declines_until}),
        **more,
    }
    return render(request, "worker/household.html", context, status=status)


@require_POST
@staff("visit")
def reveal_phone(request, pk):
    """Show one number, for a reason and for five minutes."""
    at, subject = timezone.now(), household_or_404(request, pk, timezone.now())
    people = {str(person.pk): person for person in Person.objects.of(subject).select_related("household")}
    person = people.get(request.POST.get("person", ""))
    if person is None:
        return file_page(request, subject, at, status=422, phone_error="请选给谁打电话。")
    said = {"field": "phone", "reason": request.POST.get("reason", "")}
    outcome = outcome_of(access.reveal, person, by=request.user, at=at, **said)
    if not outcome.done:
        return file_page(request, subject, at, status=outcome.status, phone_error=outcome.sentence)
    return file_page(request, subject, at, number=outcome.result, called=person.pk)


@require_POST
@staff("visit")
def decline_visits(request, pk):
    """Keep until when no visits are wished; an empty day takes it back."""
    at, subject = timezone.now(), household_or_404(request, pk, timezone.now())
    form = DeclineVisitsForm(request.POST)
    outcome = attempt(request, form, s1.decline_visits, subject, key=key_of(request))
    if not outcome.done:
        return file_page(request, subject, at, status=outcome.status, form=form)
    until = form.cleaned_data["until"]
    messages.success(
        request, "记下了，到期前不再安排上门，没有别的影响。" if until else "记下了，可以按原来的安排走访。"
    )
    return redirect("worker:household", pk=pk)


@require_POST
@staff("visit")
def keep_promise(request, pk):
    """Say that a promise was kept; the household hears of it at the next visit."""
    at = timezone.now()
    promise = get_object_or_404(Promise.objects.visible_to(request.user, at), pk=pk)
    household_or_404(request, promise.household_id, at)
    outcome = outcome_of(s1.keep_promise, promise, by=request.user, at=at, key=key_of(request))
    outcome.announce(request, "记下了。下次见面时告诉本户已经做到。")
    return redirect("worker:household", pk=promise.household_id)
