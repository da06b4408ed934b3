"""Two files side by side: what each says, masked, and where they say the same."""

from typing import NamedTuple

from yige.archive.models import Household, Likeness, Merge, Person
from yige.archive.people import access, sealing
from yige.archive.people.likenesses import REASONS
from yige.archive.people.merging import file_says
from yige.archive.person_fields import COMPARED_FIELDS, FIELD_BY_NAME, MERGED_FIELDS, YEAR, words_of
from yige.archive.words import Purpose

MISSING = "没有登记"


class Side(NamedTuple):
    """One of two files: its person, its lines (label, words, same), and whether it may be the one that stays."""

    person: Person
    title: str
    lines: list
    may_stay: bool


class Choice(NamedTuple):
    """One field that the kept file may take over: by default where it says nothing itself."""

    name: str
    label: str
    checked: bool


def likenesses(user, at):
    return Likeness.objects.kept_by(user, at).select_related("one", "other").order_by("found_at", "id")


def merges(user, at):
    rows = Merge.objects.kept_by(user, at)
    return rows.select_related("kept", "gone", "asked_by", "decided_by", "undone_by").order_by("-asked_at")


def people_by_id(*ids):
    """Return these people with where they live, in this order."""
    rows = Person.objects.select_related("household__home__building").in_bulk(ids)
    return [rows[pk] for pk in ids]


def look_at_both(one, other, user, at):
    """Write for each file that a keeper opened it to check it, then return both sides; nothing without the line."""
    for person in (one, other):
        place = person.household or Household(grid_path=person.grid_path)
        access.view(person, by=user, at=at, household=place, reason=Purpose.CHECK)
    left, right = _said(one), _said(other)
    return [_side(one, left, right), _side(other, right, left)]


def _side(person, mine, theirs):
    lines = [(label, words, words != MISSING and words == theirs[label]) for label, words in mine.items()]
    return Side(person, mine[FIELD_BY_NAME["name"].label], lines, person.household_id is not None)


def _said(person):
    home = person.household.home if person.household else None
    return {field.label: _value(person, field) or MISSING for field in COMPARED_FIELDS} | {
        "住址": f"{home.building}{home.door}" if home else "不在任何一户"
    }


def _value(person, field):
    if field.mask:
        return sealing.mask_value(person, field.name)
    words = words_of(field, getattr(person, field.name))
    return f"{words} 年" if words and field.kind == YEAR else words


def choices(kept, gone):
    """Return what the kept file may take over from the other one."""
    return [
        Choice(name, label, not file_says(kept, name))
        for name, label in MERGED_FIELDS.items()
        if file_says(gone, name)
    ]


def reasons(likeness):
    return [REASONS[reason] for reason in likeness.reasons if reason in REASONS]


def fields(merge):
    return [label for name, label in MERGED_FIELDS.items() if name in merge.take]


def names(rows):
    """Return [(row, masked name of one, masked name of the other, reasons)] for the list."""
    return [
        (row, sealing.mask_value(row.one, "name"), sealing.mask_value(row.other, "name"), reasons(row))
        for row in rows
    ]
