"""What somebody at the door says to be able to do for others, or takes back: written down on the person's word.

What is on file already is not shown: offers are seen by the person alone.
"""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.alliance import branches
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.people import access
from yige.contact import visited_households
from yige.steps.fields import Choice, RowChoice
from yige.web.forms import KeyedForm
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.worker.views.household import household_or_404


class HouseholdHelpForm(KeyedForm):
    person = RowChoice("谁说的", missing="请选是谁。")
    skill = Choice("会什么", HelpSkill)
    hours = Choice("什么时候有空", HelpHours, required=False, hint="不选就是都行。")
    withdraws = forms.BooleanField(label="这一样不帮了，收回", required=False)

    def __init__(self, *args, lives, **kwargs):
        super().__init__(*args, **kwargs)
        people = {str(one.person.pk): one.person for one in lives}
        self.fields["person"].offer([(str(one.person.pk), one.name) for one in lives], people)

    def clean(self):
        said = super().clean()
        self.person = said.pop("person", None)
        return said


@require_http_methods(["GET", "HEAD", "POST"])
@staff("visit")
def household_help(request, pk):
    at = timezone.now()
    subject = household_or_404(request, pk, at)
    ways = access.view(subject, by=request.user, at=at, household=subject)
    lives = visited_households.household_file(subject, at, ways).lives
    form = HouseholdHelpForm(request.POST or None, lives=lives)
    outcome = attempt(request, form, write_help, lambda form: form.person)
    if outcome.done:
        messages.success(
            request,
            "记下了，只有本人看得到。" if not form.cleaned_data["withdraws"] else "收回了，已经删掉。",
        )
        return redirect("worker:household_help", pk=pk)
    context = {"household": subject, "form": form}
    return render(request, "worker/household_help.html", context, status=outcome.status)


def write_help(person, *, skill, hours, withdraws, **said):
    if withdraws:
        return branches.withdraw_offer(person, skill=skill, **said)
    return branches.offer_help(person, skill=skill, hours=hours or HelpHours.ANY, **said)
