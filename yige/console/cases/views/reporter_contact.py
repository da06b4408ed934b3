"""The reporter's contact in the clear: a reason, five minutes, a line in the log before it leaves."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.accounts import limits
from yige.cases import reporters
from yige.console.cases.rows import case as rows
from yige.console.cases.views import case as page
from yige.lib.refusals import Refusal
from yige.web.guard import staff
from yige.web.refusal import status_of

SHOWN_SECONDS = 300


@require_POST
@staff("see_cases")
def reveal(request, serial):
    at = timezone.now()
    case = rows.get_case_or_404(request.user, serial, at)
    try:
        limits.take("reveal.staff", request.user.pk, at=at)
        shown = reporters.reveal(case, by=request.user, at=at, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return answer(request, case, at, status=status_of(refusal), reveal_error=refusal.sentence)
    return answer(request, case, at, revealed=shown, shown_seconds=SHOWN_SECONDS)


def answer(request, case, at, status=200, **more):
    """Give the part alone to htmx, the whole page without it."""
    if not request.htmx:
        return page.show(request, case, at=at, status=status, **more)
    reporter = getattr(case, "reporter", None)
    context = {
        "case": case,
        "reporter": reporter,
        "contact": reporters.masked_contact(reporter) if reporter and not reporter.removed_at else None,
        "reasons": reporters.REASONS,
        "may_reveal": True,
        **more,
    }
    return render(request, "console/cases/case.html#contact", context, status=status)
