"""Voting by the code of a slip: nobody is signed in here, and what was typed is kept nowhere beside a person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.deliberation import queries, secret_voting
from yige.deliberation.ballots import waiting_vote
from yige.portal.secret_forms import SecretBallotForm
from yige.web.outcome import Outcome, outcome_of

CAST = "投进去了。单子请留着：截止以后，凭上面的码在清单里找得到这一票。"


@require_http_methods(["GET", "HEAD", "POST"])
def secret_ballot(request, pk):
    row = get_object_or_404(queries.public_deliberations(), pk=pk)
    vote, now = waiting_vote(row), timezone.now()
    is_secret = vote is not None and vote.is_secret
    form = SecretBallotForm(request.POST if request.method == "POST" and is_secret else None)
    outcome = cast(form, vote, now)
    if outcome.done:
        messages.success(request, CAST)
        return redirect("portal:deliberation", row.pk)
    runs = is_secret and vote.opened_at and vote.closes_at > now
    context = {"row": row, "vote": vote if is_secret else None, "form": form, "runs": runs}
    response = render(request, "portal/secret_ballot.html", context, status=outcome.status)
    response.keeps_no_page = True
    return response


def cast(form, vote, at) -> Outcome:
    if not form.is_bound:
        return Outcome(done=False)
    if not form.is_valid():
        return Outcome(done=False, status=422)
    return outcome_of(secret_voting.cast_slip, vote, at=at, **form.cleaned_data).beside(form)
