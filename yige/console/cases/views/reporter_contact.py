"""The reporter's contact in the clear: a reason, five minutes, a line in the log before it leaves."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.accounts import limits
from yige.cases import reporters
from yige.cases.standings import standings
from yige.cases.workflow import may_beside
from yige.console.cases.rows import case as rows
from yige.console.cases.views import case as page
from yige.web.guard import staff
from yige.web.outcome import outcome_of

SHOWN_SECONDS = 300


@require_POST
@staff("see_cases")
def reveal(request, serial):
    at = timezone.now()
    case = rows.get_case_or_404(request.user, serial, at)
    outcome = outcome_of(reveal_slowly, case, by=request.user, at=at, reason=request.POST.get("reason", ""))
    if not outcome.done:
        return answer(request, case, at, status=outcome.status, reveal_error=outcome.sentence)
    return answer(request, case, at, revealed=outcome.result, shown_seconds=SHOWN_SECONDS)


def reveal_slowly(case, *, by, at, reason):
    """Reveal the contact, not too many in a row."""
    limits.take_turn("reveal.staff", by.pk, at=at)
    return reporters.reveal(case, by=by, at=at, reason=reason)


def answer(request, case, at, status=200, **more):
    """Give the part alone to htmx, the whole page without it."""
    if not request.htmx:
        return page.show(request, case, at=at, status=status, **more)
    reporter, held = getattr(case, "reporter", None), standings(request.user, case, at)
    context = {
        "case": case,
        "reporter": reporter,
        "contact": reporters.masked_contact(reporter) if reporter and not reporter.removed_at else None,
        "reasons": reporters.REASONS,
        "may_reveal": may_beside("reveal", held),
        "hides_reporter": page.hides_reporter(held),
        **more,
    }
    return render(request, "console/cases/case.html#contact", context, status=status)
