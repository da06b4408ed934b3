"""My small wishes, what neighbours wish for, and what I took on; a name and a number show when both agreed."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from yige.alliance import wishes
from yige.alliance.models import Wish
from yige.portal.my_forms import WishForm
from yige.portal.resident import resident
from yige.steps import danger_doors
from yige.web.forms import ButtonForm, key_of
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb       what is called             what else it is told           what is said after
    "take_back": (wishes.take_back_wish,    {},                            "收回了，已经删掉。"),
    "claim":     (wishes.claim_wish,        {"person": True},              "认领好了，谢谢您。愿意互留电话的，点一下同意；两边都同意才看得到。"),
    "give_back": (wishes.give_back_wish,    {"person": True},              "放回去了，没有任何影响。"),
    "agree":     (wishes.agree_to_contact,  {"person": True},              "同意了。对方也同意以后，两边看得到电话。"),
    "fulfil":    (wishes.fulfil_wish,       {"person": True},              "好，等本人确认。"),
    "confirm":   (wishes.confirm_wish,      {"fulfilled": True},           "太好了。一个月后这一条会删掉。"),
    "not_yet":   (wishes.confirm_wish,      {"fulfilled": False},          "记下了，请再等等。"),
}
# fmt: on


@require_safe
@resident
def my_wishes(request):
    return page(request, WishForm())


@require_POST
@resident
def make(request):
    form = WishForm(request.POST)
    outcome = attempt(request, form, danger_doors.make_wish, request.person, by=request.by)
    if outcome.done:
        messages.success(
            request,
            "记下了。"
            + ("邻居看得到这句话，看不到是谁。" if outcome.result.shown else "只有您和上门的人看得到。"),
        )
        return redirect_heard("portal:my_wishes", form.cleaned_data["words"])
    return page(request, form, outcome.status)


@require_POST
@resident
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    call, said, words = ACTS[verb]
    wish = get_object_or_404(seen_by(request.person), pk=pk)
    said = said | ({"person": request.person} if "person" in said else {})
    form = ButtonForm(request.POST)
    outcome = attempt(request, form, call, wish, by=request.by, key=key_of(request), **said)
    if not outcome.done:
        return page(request, WishForm(), outcome.status, outcome.sentence)
    messages.success(request, words)
    return redirect("portal:my_wishes")


def seen_by(person):
    """Return the wishes that somebody may act on: the own, those taken on, those that neighbours may read."""
    near = Wish.objects.claimable().filter(pk__in=[wish.pk for wish in wishes.wishes_near(person)])
    mine = Wish.objects.filter(Q(person=person) | Q(claimer=person))
    return Wish.objects.filter(Q(pk__in=mine.values("pk")) | Q(pk__in=near.values("pk"))).select_related(
        "person"
    )


def page(request, form, status=200, refused=""):
    person = request.person
    own = Wish.objects.filter(person=person)
    taken = Wish.objects.filter(claimer=person, confirmed_at=None)
    context = {
        "form": form, "refused": refused, "near": wishes.wishes_near(person),
        "own": [(wish, wishes.contact_for(wish, person)) for wish in own],
        "taken": [(wish, wishes.contact_for(wish, person)) for wish in taken],
    }  # fmt: skip
    return render(request, "portal/my_wishes.html", context, status=status)
