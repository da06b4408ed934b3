"""What was asked to be left out of the figures, as lines: what waits first, then what was decided, the newest first."""

from typing import NamedTuple

from django.urls import reverse

from yige.cases.models import Case
from yige.console.assessment.forms.exclusions import DecideForm
from yige.month_sheets.exclusions import frozen_sheets, why_not_decided

MOST_DECIDED = 200


class AskedLine(NamedTuple):
    """One asking; `form` is there for whoever may decide it, `opens` for whoever may open its case."""

    exclusion: object
    number: str
    address: str
    late: bool
    form: object


def waiting_lines(rows, user, at, refused=None) -> list[AskedLine]:
    """Return what waits to be decided; `refused` is the form of one of them as it was sent: (id, form)."""
    found = list(rows.filter(decided_at=None).prefetch_related("closing__exclusions", "photos"))
    open_to, sheets = seen_of_these(found, user, at), frozen_sheets()
    return [line_of(each, open_to, at, form_of(each, user, at, sheets, refused)) for each in found]


def decided_lines(rows, user, at) -> list[AskedLine]:
    newest = rows.exclude(decided_at=None).order_by("-decided_at", "-id")
    found = list(newest.prefetch_related("photos")[:MOST_DECIDED])
    open_to = seen_of_these(found, user, at)
    return [line_of(each, open_to, at, None) for each in found]


def seen_of_these(found, user, at) -> set:
    ids = [each.closing.case_id for each in found]
    return set(Case.objects.visible_to(user, at).filter(pk__in=ids).values_list("pk", flat=True))


def line_of(exclusion, open_to, at, form) -> AskedLine:
    case = exclusion.closing.case
    address = reverse("console:case", args=[case.serial]) if case.pk in open_to else ""
    late = exclusion.decided_at is None and exclusion.decide_until < at
    return AskedLine(exclusion, case.number, address, late, form)


def form_of(exclusion, user, at, sheets, refused):
    if refused and refused[0] == exclusion.pk:
        return refused[1]
    return None if why_not_decided(user, exclusion, at, sheets) else DecideForm(auto_id=f"{exclusion.pk}-%s")
