"""The file of one person, and one field of it in the clear: a reason, a line in the log, five minutes."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.archive.people import access, queries
from yige.archive.person_fields import FIELD_BY_NAME, SEALED_FIELDS
from yige.archive.words import Purpose
from yige.console.files import opening
from yige.console.files.forms import person_act
from yige.console.files.rows import person as rows
from yige.lib.refusals import NotSaid
from yige.web.guard import staff
from yige.web.outcome import outcome_of


@require_GET
@staff("open_files")
@opening.only_when_logged
def person(request, person):
    at = timezone.now()
    subject = get_object_or_404(queries.person(request.user, at), pk=person)
    if subject.merged_into_id:
        return redirect("console:person", person=subject.merged_into_id)
    return show(request, belonging(subject), at)


def get_person_or_404(user, pk, at):
    """Return the person in reach who still has a file of his or her own; an alias is no page for a form."""
    return belonging(get_object_or_404(queries.person(user, at), pk=pk, merged_into=None))


def belonging(person):
    """Whoever left the district belongs to no household, so that nobody stands near enough to open the file."""
    if person.household_id is None:
        raise Http404
    return person


def show(request, person, at, status=200, *, reason="", **more):
    """Write the line, then render the file; without the purpose that is needed, the masked stub."""
    purpose = opening.purpose_for(request, person.household, at) or reason
    try:
        ways = access.view(person, by=request.user, at=at, household=person.household, reason=purpose)
    except NotSaid as refusal:
        return stub(request, person, at, error=refusal.sentence if purpose else "")
    context = rows.person_file(person, ways, at) | {"household": person.household, "now": at} | more
    context |= {"reasons": opening.reasons(person, at), "shown_seconds": access.SHOWN_SECONDS}
    context |= {"purpose_label": Purpose(purpose).label if purpose else "", "acts": person_act.BUTTONS}
    return render(request, "console/files/person.html", context, status=status)


def stub(request, person, at, status=200, error=""):
    context = {"household": person.household, "reasons": opening.reasons(person, at), "error": error}
    context |= {"until": opening.until_words(at), "person": person if access.is_child(person, at) else None}
    return render(request, "console/files/household_stub.html", context, status=status)


@require_POST
@staff("open_files")
@opening.only_when_logged
def reveal(request, person):
    """Show one field for five minutes; without the line in the log nothing leaves."""
    at = timezone.now()
    subject = get_person_or_404(request.user, person, at)
    field, reason = request.POST.get("field", ""), request.POST.get("reason", "")
    outcome = outcome_of(access.reveal, subject, by=request.user, at=at, field=field, reason=reason)
    if not outcome.done:
        return answer(request, subject, at, field, status=outcome.status, reveal_error=outcome.sentence)
    return answer(request, subject, at, field, revealed=outcome.result, reason=reason)


def answer(request, person, at, field, status=200, **more):
    """Give the one field alone to htmx, the whole page without it."""
    if not request.htmx or field not in SEALED_FIELDS:
        return show(request, person, at, status, asked=field if field in SEALED_FIELDS else "", **more)
    label, masked = FIELD_BY_NAME[field].label, rows.masked_value(person, field, at)
    context = {"person": person, "field": field, "label": label, "masked": masked, **more}
    context |= {"reasons": opening.reasons(person, at), "shown_seconds": access.SHOWN_SECONDS}
    return render(request, "console/files/parts/reveal.html", context, status=status)
