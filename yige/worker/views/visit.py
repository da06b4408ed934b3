"""The visit: it opens with what is owed, and ends with what the household will see."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yige.archive.models import Person
from yige.archive.people import access
from yige.contact import queries
from yige.contact.models import Visit
from yige.lib.local_time import local_day
from yige.steps import visiting
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.worker.views.household import household_or_404
from yige.worker.visit_form import VisitForm


@require_http_methods(["GET", "POST"])
@staff("visit")
def visit(request, pk):
    at = timezone.now()
    household = household_or_404(request, pk, at)
    people = list(Person.objects.of(household))
    form = VisitForm(request.POST or None, owed=queries.answers_owed(household, at), people=people)
    outcome = attempt(request, form, visiting.finish_visit, household)
    if outcome.done:
        return redirect("worker:visit_summary", pk=outcome.result.pk)
    access.view(household, by=request.user, at=at, household=household)
    context = {
        "form": form,
        "household": household,
        "declined": household.declines_on(local_day(at)),
        "now": at,
    }
    return render(request, "worker/visit.html", context, status=outcome.status)


@require_GET
@staff("visit")
def visit_summary(request, pk):
    """Show what the household sees of this visit."""
    at = timezone.now()
    rows = Visit.objects.visible_to(request.user, at).filter(by=request.user).select_related("unit", "by")
    made = get_object_or_404(rows.select_related("household__home__building"), pk=pk)
    access.view(made.household, by=request.user, at=at, household=made.household)
    return render(
        request,
        "worker/visit_summary.html",
        {"visit": made, "summary": queries.visit_summary(made), "now": at},
    )
