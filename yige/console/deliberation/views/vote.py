"""The vote of owners: the roll, the papers, how many took part and how many more are needed, the count."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.deliberation.forms import vote as forms
from yige.console.deliberation.rows import vote as rows
from yige.console.deliberation.views.deliberation import find, pdf_answer
from yige.deliberation import voting
from yige.deliberation.words import DecisionForm
from yige.web import vote_sheets
from yige.web.guard import staff
from yige.web.outcome import attempt

# fmt: off
VOTE_ACTS = {
    # verb          form               what is called       what is said after
    "write_roll":  (forms.RollForm,    voting.write_roll,   "名册写好了。开始投票以前都能改。"),
    "open_vote":   (forms.OpenForm,    voting.open_vote,    "开始投票了，名册不再改。"),
    "enter_paper": (forms.PaperForm,   voting.enter_paper,  "录好了。两个人录的一样才算一票。"),
    "count_vote":  (forms.CountForm,   voting.count_vote,   "按规定算好了，开始公示 7 天。"),
}
# fmt: on


@require_GET
@staff("raise_deliberations")
def vote(request, pk):
    return vote_page(request, find_of_owners(request, pk))


@require_GET
@staff("raise_deliberations")
def papers_file(request, pk):
    """Print the numbered papers once the roll is frozen: before, a number may still come to stand for other homes."""
    row = find_of_owners(request, pk)
    vote = get_object_or_404(row.votes, opened_at__isnull=False, counted_at=None)
    return pdf_answer(vote_sheets.papers_pdf(row, vote), "papers.pdf")


@require_POST
@staff("raise_deliberations")
def act_on_vote(request, pk, verb):
    if verb not in VOTE_ACTS:
        raise Http404
    row, (form_of, call, words) = find_of_owners(request, pk), VOTE_ACTS[verb]
    form = form_of(request.POST, auto_id=f"{verb}-%s")
    outcome = attempt(request, form, call, row)
    if not outcome.done:
        return vote_page(request, row, {verb: form}, outcome.status)
    messages.success(request, words)
    return redirect("console:deliberation" if verb == "count_vote" else "console:vote", row.pk)


def find_of_owners(request, pk):
    row = find(request, pk)
    if row.form != DecisionForm.OWNERS:
        raise Http404
    return row


def vote_page(request, row, refused=None, status=200):
    context = rows.vote_parts(row, request.user, timezone.now())
    shown = {
        verb: form_of(auto_id=f"{verb}-%s")
        for verb, (form_of, _, _) in VOTE_ACTS.items()
        if verb in context["may"]
    }
    context |= {"forms": shown | (refused or {}), "refused": next(iter(refused or {}), "")}
    return render(request, "console/deliberation/vote.html", context, status=status)
