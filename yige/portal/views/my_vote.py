"""The vote of my household as an owner: my right on the roll, voting once where it counts, and what was voted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.deliberation import queries, voting
from yige.deliberation.decision_rules import area_words
from yige.portal.my_forms import BallotForm
from yige.portal.resident import resident
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def my_vote(request, pk):
    right = get_object_or_404(queries.rights_of_household(request.person.household_id), pk=pk)
    is_owner = right.holders.filter(person=request.person).exists()
    form = BallotForm(request.POST or None)
    outcome = attempt(request, form, voting.cast_ballot, right, by=request.by, person=request.person)
    if outcome.done:
        messages.success(request, "投好了。")
        return redirect("portal:my_vote", right.pk)
    ballot, now = getattr(right, "ballot", None), timezone.now()
    vote = right.vote
    open_ = vote.is_online and vote.opened_at and vote.closes_at > now and not vote.counted_at
    context = {
        "right": right,
        "row": vote.deliberation,
        "ballot": ballot,
        "leaf": ballot.leaf(str(vote.pk)) if ballot and is_owner and vote.counted_at else "",
        "area": area_words(right.area),
        "form": form if open_ and is_owner and not ballot else None,
        "sentence": "" if is_owner else voting.FOR_THE_OWNER,
        "refused": form.non_field_errors() if form.is_bound else (),
    }
    return render(request, "portal/my_vote.html", context, status=outcome.status)
