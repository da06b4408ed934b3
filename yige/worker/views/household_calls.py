"""Signing somebody up for a call who asks for it at the door: who has no phone comes as easily as who has one."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.alliance import queries, seats
from yige.alliance.models import VolunteerCall
from yige.archive.people import access
from yige.contact import visited_households
from yige.lib.typed_values import read_id
from yige.steps.fields import RowChoice
from yige.web.forms import KeyedForm
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.worker.views.household import household_or_404

NEAR = 10


class HouseholdSignUpForm(KeyedForm):
    person = RowChoice("谁要来", missing="请选是谁。")
    leaves = forms.BooleanField(label="他报过，现在来不了，退掉", required=False)

    def __init__(self, *args, lives, **kwargs):
        super().__init__(*args, **kwargs)
        names = [(str(one.person.pk), one.name) for one in lives]
        self.fields["person"].offer(names, {str(one.person.pk): one.person for one in lives})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("visit")
def household_calls(request, pk):
    at = timezone.now()
    subject = household_or_404(request, pk, at)
    ways = access.view(subject, by=request.user, at=at, household=subject)
    lives = visited_households.household_file(subject, at, ways).lives
    chosen = request.POST.get("call", "") if request.method == "POST" else ""
    form = HouseholdSignUpForm(request.POST if chosen else None, lives=lives, auto_id=f"{chosen}-%s")
    if chosen and sign_up_done(request, form, chosen):
        return redirect("worker:household_calls", pk=pk)
    calls = [
        (call, form if str(call.pk) == chosen else HouseholdSignUpForm(lives=lives, auto_id=f"{call.pk}-%s"))
        for call in near(subject, at)
    ]
    context = {"household": subject, "calls": calls, "now": at, "coming": coming_of(lives)}
    return render(request, "worker/household_calls.html", context, status=422 if form.errors else 200)


def near(subject, at):
    return queries.coming_calls(at).covering(subject.grid_path).filter(starts_at__gt=at)[:NEAR]


def sign_up_done(request, form, chosen):
    """Sign up, or take off, and say so; False when it was refused, with the sentence in the form."""
    call = get_object_or_404(VolunteerCall.objects.public(), pk=read_id(chosen))
    off = bool(request.POST.get("leaves"))

    def verb(call, *, leaves, **said):
        return (seats.leave if leaves else seats.sign_up)(call, **said)

    outcome = attempt(request, form, verb, call)
    if outcome.done:
        messages.success(request, "退掉了，没有任何影响。" if off else "报上了，或者替他排上了队。")
    return outcome.done


def coming_of(lives):
    """Return who of the household signed up for what: (name, call, state)."""
    found = queries.seats_of_people([one.person for one in lives])
    names = {one.person.pk: one.name for one in lives}
    return [(names[seat.person_id], seat) for seat in found]
