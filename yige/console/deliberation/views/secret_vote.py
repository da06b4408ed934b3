"""A secret vote by slips: making and printing them, the box, the end, the root for the notice board, the count."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.deliberation.forms import secret_vote as forms
from yige.console.deliberation.rows import secret_vote as rows
from yige.console.deliberation.views.deliberation import find, pdf_answer
from yige.deliberation import secret_voting, voting
from yige.deliberation.deliberation_moves import SECRET
from yige.web import vote_sheets
from yige.web.guard import staff
from yige.web.outcome import attempt

# fmt: off
SECRET_ACTS = {
    # verb         form               what is called             what is said after
    "draw_slips": (forms.SlipsForm,   secret_voting.draw_slips,  "做好了。请印出来，剪开折好，放进袋子里抽。"),
    "open_vote":  (forms.OpenForm,    voting.open_vote,          "开始投票了。单子上的码，系统里不再看得到。"),
    "enter_slip": (forms.SlipForm,    secret_voting.enter_slip,  "录好了。两个人录的一样才算一票。"),
    "fix_root":   (forms.FixForm,     secret_voting.fix_root,    "票封了，校验码公布了。请印出来贴到公告栏，再计票。"),
    "count_vote": (forms.CountForm,   voting.count_vote,         "按规定算好了，清单公布了，开始公示 7 天。"),
}
# fmt: on


@require_GET
@staff("raise_deliberations")
def secret_vote(request, pk):
    return secret_page(request, find_secret(request, pk))


@require_POST
@staff("raise_deliberations")
def act_on_secret_vote(request, pk, verb):
    if verb not in SECRET_ACTS:
        raise Http404
    row, (form_of, call, words) = find_secret(request, pk), SECRET_ACTS[verb]
    form = form_of(request.POST, auto_id=f"{verb}-%s")
    outcome = attempt(request, form, call, row)
    if not outcome.done:
        return secret_page(request, row, {verb: form}, outcome.status)
    messages.success(request, words)
    return redirect("console:deliberation" if verb == "count_vote" else "console:secret_vote", row.pk)


@require_GET
@staff("raise_deliberations")
def slips_file(request, pk):
    """Print the slips; once the vote is open their codes are not here any more."""
    row = find_secret(request, pk)
    vote = get_object_or_404(row.votes, is_secret=True, opened_at=None)
    return pdf_answer(vote_sheets.slips_pdf(row, vote), "slips.pdf")


@require_GET
@staff("raise_deliberations")
def root_file(request, pk):
    row = find_secret(request, pk)
    vote = get_object_or_404(row.votes, is_secret=True, counted_at=None, fixed_at__isnull=False)
    return pdf_answer(vote_sheets.root_pdf(row, vote), "root.pdf")


def find_secret(request, pk):
    row = find(request, pk)
    if row.form not in SECRET:
        raise Http404
    return row


def secret_page(request, row, refused=None, status=200):
    context = rows.secret_parts(row, request.user, timezone.now())
    shown = {
        verb: form_of(auto_id=f"{verb}-%s")
        for verb, (form_of, _, _) in SECRET_ACTS.items()
        if verb in context["may"]
    }
    context |= {"forms": shown | (refused or {}), "refused": next(iter(refused or {}), "")}
    return render(request, "console/deliberation/secret_vote.html", context, status=status)
