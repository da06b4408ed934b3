"""What I took on in time; and for the direct head the same of one person, never of several beside each other."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.accounts.models import User
from yige.assessment import readers
from yige.assessment.chance import ENOUGH_CASES
from yige.cases.queries import duty_clock
from yige.console.assessment.rows import own_acceptance as rows
from yige.console.assessment.rows.unit_lines import months_beside
from yige.web.guard import staff
from yige.web.paging import page_of


@require_GET
@staff("lead_cases", "handle")
def own_acceptance(request):
    at = timezone.now()
    below = readers.posts_directly_below(request.user, at)
    return page(request, request.user, at, below=below)


@require_GET
@staff("lead_cases")
def person_acceptance(request, pk):
    at = timezone.now()
    person = get_object_or_404(User, pk=pk)
    if not readers.areas_read_of(person, request.user, at):
        raise Http404
    return page(request, person, at, areas=readers.read_person(person, by=request.user, at=at))


def page(request, person, at, *, areas=None, below=()):
    beside = months_beside(request.user, at, request.GET)
    takings = rows.takings_of_year(person, beside["period"], at, areas)
    shown = page_of(rows.within(takings, beside["period"]), request.GET.get("page"), rows.A_PAGE)
    context = {
        "person": person,
        "is_own": person == request.user,
        "spans_told": rows.span_lines(takings, beside["period"]),
        "page": shown,
        "lines": rows.lines(shown, request.user, at),
        "below": below,
        "cut_off": duty_clock().cut_off_hour,
        "enough": ENOUGH_CASES,
        **beside,
    }
    return render(request, "console/assessment/own_acceptance.html", context)
