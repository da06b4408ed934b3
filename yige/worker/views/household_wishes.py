"""The wishes of a household at its door: written down for who has no phone, done, and confirmed to somebody else."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yige.alliance import wishes
from yige.alliance.models import Wish
from yige.archive.people import access
from yige.contact import visited_households
from yige.steps import danger_doors
from yige.steps.fields import RowChoice, Words
from yige.web.forms import ButtonForm, KeyedForm, key_of
from yige.web.guard import staff
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt
from yige.worker.views.household import household_or_404

# fmt: off
ACTS = {
    "take_back": (wishes.take_back_wish,   {},                   "收回了，已经删掉。"),
    "agree":     (wishes.agree_to_contact, {},                   "替本人同意了。对方也同意以后，两边看得到电话。"),
    "fulfil":    (wishes.fulfil_wish,      {},                   "记下了，等本人向另一位上门的人确认。"),
    "confirm":   (wishes.confirm_wish,     {"fulfilled": True},  "照本人说的记下了：办到了。"),
    "not_yet":   (wishes.confirm_wish,     {"fulfilled": False}, "照本人说的记下了：还没有办到。"),
}
# fmt: on


class HouseholdWishForm(KeyedForm):
    person = RowChoice("谁的心愿", missing="请选是谁。")
    words = Words("心愿", longest=120, rows=2, hint="一件小事，照本人说的写，不写姓名、电话、门牌。")
    shown = forms.BooleanField(label="本人愿意让社区里的邻居看到这句话", required=False)

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
def household_wishes(request, pk):
    subject = household_or_404(request, pk, timezone.now())
    lives = lives_in(request, subject)
    form = HouseholdWishForm(request.POST or None, lives=lives)
    outcome = attempt(request, form, danger_doors.make_wish, lambda form: form.person)
    if outcome.done:
        messages.success(request, "替本人记下了。")
        return redirect_heard("worker:household_wishes", form.cleaned_data["words"], pk=pk)
    return page(request, subject, lives, form, outcome.status)


@require_POST
@staff("visit")
def act(request, pk, wish, verb):
    subject = household_or_404(request, pk, timezone.now())
    if verb not in ACTS:
        raise Http404
    row = get_object_or_404(Wish.objects.select_related("person"), pk=wish, person__household=subject)
    call, said, words = ACTS[verb]
    outcome = attempt(request, ButtonForm(request.POST), call, row, key=key_of(request), **said)
    if outcome.done:
        messages.success(request, words)
        return redirect("worker:household_wishes", pk=pk)
    lives = lives_in(request, subject)
    return page(request, subject, lives, HouseholdWishForm(lives=lives), outcome.status, outcome.sentence)


def lives_in(request, subject):
    at = timezone.now()
    ways = access.view(subject, by=request.user, at=at, household=subject)
    return visited_households.household_file(subject, at, ways).lives


def page(request, subject, lives, form, status=200, refused=""):
    names = {one.person.pk: one.name for one in lives}
    rows = [(names[wish.person_id], wish) for wish in Wish.objects.filter(person__in=names)]
    context = {"household": subject, "form": form, "wishes": rows, "refused": refused}
    return render(request, "worker/household_wishes.html", context, status=status)
