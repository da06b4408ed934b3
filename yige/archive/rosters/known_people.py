"""People on file that a roster says something new about: changed and moved one by one, with what was there before, sealed."""

import json

from yige.archive.models import Household, Origin, Person, RosterRow, Tie
from yige.archive.people import sealing
from yige.archive.person_fields import FIELD_BY_ROSTER_COLUMN
from yige.archive.rosters.newcomers import ORIGINS, guardian_of, guardians_of, homes_at
from yige.archive.rosters.newcomers import origin as origin_row
from yige.archive.words import HOUSING, TieKind
from yige.lib.crypto import seal
from yige.lib.local_time import local_day


def change_known_people(run, steps, rows) -> None:
    """Change and move these people as their rows say."""
    if not steps:
        return
    guardians = guardians_of(run, steps, rows)
    carried = {step.said.number: carry(run, step) for step in steps if step.carries}
    ids = [step.one.pk for step in steps]
    people = Person.objects.select_for_update(of=("self",)).in_bulk(ids)
    for step in steps:
        before = {"carried": carried.get(step.said.number)}
        _take_one(run, step, rows[step.said.number], people[step.one.pk], before, guardians)


def _take_one(run, step, row, person, before, guardians):
    fields = ["household"] if step.carries else []
    if step.household and step.household != person.household_id:
        before["moved"] = _move(run, step, person, guardian_of(step, guardians))
        fields += ["household", "relation"]
    before["fields"] = _change(step, person)
    person.version += 1
    person.save()
    before["version"] = person.version
    fields = sorted({*fields, *(FIELD_BY_ROSTER_COLUMN[column].name for column in step.changes)}) or [
        "household"
    ]
    _say_where_from(run, person.pk, fields)
    sealed = seal(json.dumps(before), where=sealing.where(RosterRow, "before", row.pk))
    RosterRow.objects.filter(pk=row.pk).update(before_sealed=sealed, taken_at=run.began_at, person=person)


def _change(step, person):
    """Write what the row says anew; return what stood there."""
    said, before = step.said, {}
    fields = [FIELD_BY_ROSTER_COLUMN[column] for column in step.changes]
    for field in fields:
        if field.mask:
            before[field.name] = sealing.open_value(person, field.name)
            sealing.seal_values(person, **{field.name: getattr(said, field.roster)})
        else:
            before[field.name] = getattr(person, field.name)
            setattr(person, field.name, getattr(said, field.roster))
    if any(field.sounds for field in fields):
        before["sound"] = None if person.sound_index is None else bytes(person.sound_index).hex()
        sealing.set_sound(person, sealing.open_value(person, "name"))
    if "relation" in step.changes:
        person.ties.current().filter(kind=TieKind.BELONGS).update(relation=person.relation)
    return before


def _move(run, step, person, guardian):
    """Move a person to the household of the row; return what an undo needs."""
    day = local_day(run.began_at)
    tie = person.ties.current().filter(kind=TieKind.BELONGS).first()
    contact_of = list(Household.objects.filter(contact=person).values_list("pk", flat=True))
    before = {
        "household": _text(person.household_id),
        "path": person.grid_path,
        "relation": person.relation,
        "guardian": _text(person.guardian_id),
        "tie": _text(tie.pk if tie else None),
        "contact_of": [str(pk) for pk in contact_of],
    }
    if tie:
        Tie.objects.filter(pk=tie.pk).update(until=max(day, tie.since))
    Household.objects.filter(pk__in=contact_of).update(contact=None)
    person.household_id, person.grid_path = step.household, step.place.path
    person.guardian_id = guardian
    relation = step.said.relation or person.relation
    made = Tie.objects.create(
        kind=TieKind.BELONGS, person=person, household_id=step.household, relation=relation, since=day
    )
    return before | {"made": str(made.pk)}


def carry(run, step) -> dict:
    """Move a whole household to another door; return what an undo needs."""
    household = Household.objects.select_for_update().get(pk=step.household)
    day, home = local_day(run.began_at), homes_at(run, {step.place})[step.place.key]
    tie = household.ties.current().filter(kind__in=HOUSING).first()
    before = {
        "household": str(household.pk),
        "home": _text(household.home_id),
        "grid": str(household.grid_id),
        "path": household.grid_path,
        "tie": _text(tie.pk if tie else None),
    }
    if tie:
        Tie.objects.filter(pk=tie.pk).update(until=max(day, tie.since))
    made = Tie.objects.create(kind=step.said.housing, household=household, home_id=home, since=day)
    household.home_id, household.grid_id, household.grid_path = home, step.place.grid, step.place.path
    household.version += 1
    household.save(update_fields=["home", "grid", "grid_path", "version"])
    Person.objects.filter(household=household).update(grid_path=household.grid_path)
    _say_where_from(run, household.pk, ["home"])
    return before | {"made": str(made.pk), "version": household.version}


def _say_where_from(run, subject, fields):
    row = origin_row(run, subject, fields)
    Origin.objects.create(**dict(zip(ORIGINS, row, strict=True)))


def _text(pk):
    return None if pk is None else str(pk)
