"""What a resident reads of the own household: who lives here, visits, promises, what was raised; others' names masked.

Whoever moved into a household reads what happened since then; what was before belongs to those who lived there.
"""

from datetime import timedelta
from typing import NamedTuple

from yige.archive.models import Person
from yige.archive.people import sealing
from yige.archive.rights import requests
from yige.archive.words import TieKind
from yige.cases import reporters
from yige.cases.models import Case
from yige.contact.models import Answer, Appointment, Need, Promise, Slot, Visit
from yige.lib.local_time import start_of_day

MOST_LISTED = 20
SLOT_DAYS = 14


class Member(NamedTuple):
    name: str
    relation: str
    own: bool
    file: object  # the id of a file that this resident may open, or None


class RaisedMatter(NamedTuple):
    """Something the household raised, with the last answer and where its case stands."""

    need: object
    answer: object
    case: object


def household(person, at):
    """Return (those who live here, since when this person does); the moment is None where there is no household."""
    tie = person.ties.current().filter(kind=TieKind.BELONGS).first()
    if person.household_id is None or tie is None:
        return [], None
    wards = set(requests.wards_of(person, at).values_list("pk", flat=True))
    rows = Person.objects.of(person.household).order_by("made_at", "id")
    return [_member(row, row.pk == person.pk, row.pk in wards) for row in rows], start_of_day(tie.since)


def _member(row, own, ward):
    known = own or ward
    name = sealing.open_value(row, "name") if known else sealing.mask_value(row, "name")
    return Member(name, row.get_relation_display(), own, row.pk if known else None)


def masked_people(people):
    """Return [(person, masked name and phone's owner's words)] to choose among people of one phone."""
    return [(row, sealing.mask_value(row, "name")) for row in people]


def visits(person, since):
    rows = Visit.objects.filter(household=person.household_id, at__gte=since).select_related("unit")
    return list(rows[:MOST_LISTED])


def promises(person, since):
    """Return what was promised, the open ones first by their day."""
    rows = Promise.objects.filter(household=person.household_id, made_at__gte=since).select_related("unit")
    return sorted(
        rows.order_by("-due_on")[:MOST_LISTED],
        key=lambda row: (bool(row.kept_at or row.released_at), row.due_on),
    )


def raised_matters(person, since):
    """Return what the household raised with its answers, and its other cases, the newest first."""
    needs = Need.objects.filter(household=person.household_id, raised_at__gte=since)
    needs = list(
        needs.select_related("case__category", "case__unit", "case__leader__unit").order_by("-raised_at")[
            :MOST_LISTED
        ]
    )
    answers = {row.need_id: row for row in Answer.objects.filter(need__in=needs).order_by("at", "id")}
    rows = [RaisedMatter(need, answers.get(need.pk), need.case) for need in needs]
    cases = Case.objects.filter(household=person.household_id, reported_at__gte=since)
    known = {need.case_id for need in needs}
    others = (
        cases.exclude(pk__in=known)
        .select_related("category", "unit", "leader__unit")
        .order_by("-reported_at")[:MOST_LISTED]
    )
    return rows + [RaisedMatter(None, None, case) for case in others]


def own_reports(phone):
    """Return the cases that were reported with this number, with what their lines show."""
    return reporters.cases_reported_with(phone).select_related("category", "grid", "leader")


def slots(person, at):
    """Return the free hours of the next two weeks that heads offer to where this household lives."""
    if person.household_id is None:
        return []
    rows = Slot.objects.filter(cancelled_at=None, at__gt=at, at__lt=at + timedelta(days=SLOT_DAYS))
    rows = rows.filter(grid_path__in=paths_above(person.household.grid_path)).select_related("unit")
    taken = Appointment.objects.filter(slot__in=rows, cancelled_at=None).values_list("slot", "household")
    mine = {slot for slot, household in taken if household == person.household_id}
    counts = [slot for slot, _ in taken]
    return [row for row in rows[:MOST_LISTED] if row.pk not in mine and counts.count(row.pk) < row.seats]


def appointments(person, at):
    """Return the household's own appointments that still come."""
    rows = Appointment.objects.filter(household=person.household_id, cancelled_at=None, slot__at__gt=at)
    return list(rows.select_related("slot__unit").order_by("slot__at")) if person.household_id else []


def paths_above(path):
    """Return this path and all above it: /zz/js/9/ lies in /zz/js/ and /zz/."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
