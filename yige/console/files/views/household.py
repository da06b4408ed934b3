"""The file of one household on one screen; a keeper of files states a purpose first, and every opening is a line."""

import re

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.people import access, queries
from yige.archive.words import Purpose
from yige.console.files import opening
from yige.console.files.forms import household_act
from yige.console.files.rows import household as rows
from yige.lib.refusals import NotSaid
from yige.web.guard import staff
from yige.web.outcome import NOT_SENT, outcome_of

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@require_GET
@staff("open_files")
@opening.only_when_logged
def household(request, household):
    at = timezone.now()
    return show(request, get_household_or_404(request.user, household, at), at)


def get_household_or_404(user, pk, at):
    return get_object_or_404(queries.household(user, at), pk=pk)


def show(request, household, at, status=200, **more):
    """Write the line, then render the file; without the purpose that is needed, the masked stub."""
    purpose = opening.purpose_for(request, household, at)
    try:
        ways = access.view(household, by=request.user, at=at, household=household, reason=purpose)
    except NotSaid:
        return stub(request, household, at)
    context = rows.household_file(request.user, household, ways, at) | {"now": at, "purpose": purpose} | more
    context |= {"reasons": opening.reasons(household, at), "shown_seconds": access.SHOWN_SECONDS}
    context |= {"purpose_label": Purpose(purpose).label if purpose else "", "acts": household_act.BUTTONS}
    return render(request, "console/files/household.html", context, status=status)


def stub(request, household, at, status=200, error=""):
    """Show where the household is and ask why its file is wanted; nothing of the people in it."""
    context = {"household": household, "reasons": opening.reasons(household, at), "error": error}
    context["until"] = opening.until_words(at)
    return render(request, "console/files/household_stub.html", context, status=status)


@require_POST
@staff("open_files")
def purpose(request, household):
    """Keep for an hour of this session why the file is opened; the line is written at each opening."""
    at = timezone.now()
    subject, said = get_household_or_404(request.user, household, at), request.POST.get("reason", "")
    if said not in Purpose.values:
        return stub(request, subject, at, status=422, error=access.NO_REASON)
    opening.remember_purpose(request, subject, said, at)
    child = request.POST.get("person", "")
    if UUID.fullmatch(child):
        return redirect("console:person", person=child)
    return redirect("console:household", household=subject.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("open_files")
@opening.only_when_logged
def print_page(request, household):
    """Ask why it is printed; then the sheet with its mark of who and when, after the line in the log."""
    at, outcome = timezone.now(), NOT_SENT
    subject = get_household_or_404(request.user, household, at)
    if request.method == "POST":
        said = request.POST.get("reason", "")
        outcome = outcome_of(access.print_file, subject, by=request.user, at=at, reason=said)
    if outcome.done:
        return sheet(request, subject, outcome.result, at, said)
    context = {"household": subject, "reasons": opening.reasons(subject, at), "error": outcome.sentence}
    return render(request, "console/files/household_print.html", context, status=outcome.status)


def sheet(request, household, ways, at, said):
    context = rows.household_file(request.user, household, ways, at)
    post = next(iter(request.user.posts_at(at)), None)
    context |= {"now": at, "post": post, "purpose_label": Purpose(said).label, "marks": range(12)}
    return render(request, "console/files/household_sheet.html", context)
