"""Taking an import back: what it made is removed, what it changed is put back, batch by batch, last rows first.

What somebody has used or changed since stays as it is: other people's work is never undone on the side. The rows of
what stays are kept and counted; everything else leaves no trace but the log.
"""

import json

from django.db import connection, transaction

from yige.archive.models import Home, Household, Likeness, Origin, Person, RosterRow, RosterRun, Tie
from yige.archive.models.rosters import RosterVerdict as Verdict
from yige.archive.people import sealing
from yige.archive.person_fields import SEALED_FIELDS
from yige.archive.rosters import sealed_files
from yige.lib.crypto import open_sealed

UNDO_BATCH = 2_000
KEPT = "导入后有人用过或改过，没有撤销。"
LOCK = "SELECT pg_advisory_xact_lock(hashtext('archive.roster'))"


def undo(run, at, *, ends) -> RosterRun:
    """Take a run back and end in this state; goes on where an interrupted undo stopped."""
    while _undo_batch(run):
        pass
    _drop_empty(run)
    return _finish(run, at, ends)


@transaction.atomic
def _undo_batch(run):
    """Undo the last taken rows that are not decided yet; say whether there may be more."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    rows = RosterRow.objects.select_for_update().filter(run=run, taken_at__isnull=False).exclude(why=KEPT)
    rows = list(rows.order_by("-number")[:UNDO_BATCH])
    made = [row for row in rows if row.verdict == Verdict.NEW]
    kept = _remove_people(run, made)
    for row in rows:
        if row.verdict != Verdict.NEW and not _put_back(run, row):
            kept.add(row.pk)
    RosterRow.objects.filter(pk__in=kept).update(why=KEPT)
    RosterRow.objects.filter(pk__in=[row.pk for row in rows if row.pk not in kept]).delete()
    return bool(rows)


def _remove_people(run, rows):
    """Remove the people made by these rows, but for those who are used; return the rows of the latter."""
    ids = [row.pk for row in rows]
    used = used_people(run, ids)
    gone = [pk for pk in ids if pk not in used]
    Likeness.objects.filter(one__in=gone).delete()
    Likeness.objects.filter(other__in=gone).delete()
    Person.objects.filter(guardian__in=gone).update(guardian=None)
    Tie.objects.filter(person__in=gone).delete()
    Origin.objects.filter(subject_id__in=gone).delete()
    RosterRow.objects.filter(person__in=gone).update(person=None)
    Household.objects.filter(contact__in=gone).update(contact=None)
    Person.objects.filter(pk__in=gone).delete()
    return used


def used_people(run, ids) -> set:
    """Return those of the people made by a run that somebody changed, moved, labelled, met or asked about since."""
    people = Person.objects.filter(pk__in=ids)
    used = set(people.exclude(version=1, removed_at=None).values_list("pk", flat=True))
    used |= set(
        Origin.objects.filter(subject_id__in=ids)
        .exclude(source_id=run.pk)
        .values_list("subject_id", flat=True)
    )
    used |= ids_named_elsewhere(Person, ids, but=(Tie, RosterRow, Likeness, Household, Person))
    used |= set(Person.objects.filter(merged_into__in=ids).values_list("merged_into", flat=True))
    going = RosterRow.objects.filter(run=run, verdict=Verdict.NEW).exclude(why=KEPT).exclude(pk__in=used)
    wards = Person.objects.filter(guardian__in=ids).exclude(pk__in=going.values("pk"))
    return used | set(wards.values_list("guardian", flat=True))


def ids_named_elsewhere(model, ids, *, but=()) -> set:
    """Return which of these rows other tables name, whatever apps they belong to."""
    found = set()
    for relation in model._meta.related_objects:
        if relation.related_model not in but and not relation.many_to_many:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
            found |= set(rows.values_list(f"{name}_id", flat=True))
    return found


def _put_back(run, row):
    """Put a changed or moved person back; False when the file was changed since."""
    if row.before_sealed is None:
        return True
    before = json.loads(
        open_sealed(bytes(row.before_sealed), where=sealing.where(RosterRow, "before", row.pk))
    )
    person = Person.objects.select_for_update().get(pk=row.person_id)
    if person.version != before["version"]:
        return False
    if before.get("carried") and not _carry_back(run, before["carried"]):
        return False
    person.refresh_from_db()
    _restore_fields(person, before["fields"])
    if moved := before.get("moved"):
        _move_back(person, moved)
    person.version += 1
    person.save()
    Origin.objects.filter(subject_id=person.pk, source_id=run.pk).delete()
    return True


def _restore_fields(person, fields):
    for name, value in fields.items():
        if name in SEALED_FIELDS:
            sealing.seal_values(person, **{name: value})
        elif name == "sound":
            sealing.set_sound(person, sealing.open_value(person, "name"))  # the key may have changed since
        else:
            setattr(person, name, value)
    if "relation" in fields:
        person.ties.current().filter(kind="belongs").update(relation=person.relation)


def _move_back(person, moved):
    Tie.objects.filter(pk=moved["made"]).delete()
    if moved["tie"]:
        Tie.objects.filter(pk=moved["tie"]).update(until=None)
    person.household_id, person.grid_path = moved["household"], moved["path"]
    person.relation, person.guardian_id = moved["relation"], moved["guardian"]
    Household.objects.filter(pk__in=moved["contact_of"], contact=None).update(contact=person)


def _carry_back(run, carried):
    household = Household.objects.select_for_update().get(pk=carried["household"])
    if household.version != carried["version"]:
        return False
    Tie.objects.filter(pk=carried["made"]).delete()
    if carried["tie"]:
        Tie.objects.filter(pk=carried["tie"]).update(until=None)
    household.home_id, household.grid_id, household.grid_path = (
        carried["home"],
        carried["grid"],
        carried["path"],
    )
    household.version += 1
    household.save(update_fields=["home", "grid", "grid_path", "version"])
    Person.objects.filter(household=household).update(grid_path=household.grid_path)
    Origin.objects.filter(subject_id=household.pk, source_id=run.pk).delete()
    return True


def _drop_empty(run):
    """Remove households, then homes, that the run made and nothing needs any more."""
    made = Origin.objects.filter(source_id=run.pk).values("subject_id")
    households = Household.objects.filter(pk__in=made, made_at=run.began_at)
    for rows in (households, Home.objects.filter(pk__in=made)):
        last = None
        while ids := list(
            (rows.filter(pk__gt=last) if last else rows)
            .order_by("pk")
            .values_list("pk", flat=True)[:UNDO_BATCH]
        ):
            _drop(rows.model, ids)
            last = ids[-1]


@transaction.atomic
def _drop(model, ids):
    """Remove those of these rows that nothing names."""
    gone = set(ids)
    if model is Household:
        gone -= ids_named_elsewhere(model, ids, but=(Tie,))
        gone -= set(
            Tie.objects.filter(household__in=ids, person__isnull=False).values_list("household", flat=True)
        )
        gone -= set(model.objects.filter(pk__in=ids).exclude(version=1).values_list("pk", flat=True))
        Tie.objects.filter(household__in=gone).delete()
    else:
        gone -= ids_named_elsewhere(model, ids)
    Origin.objects.filter(subject_id__in=gone).delete()
    model.objects.filter(pk__in=gone).delete()


@transaction.atomic
def _finish(run, at, ends):
    run = RosterRun.objects.select_for_update().get(pk=run.pk)
    kept = RosterRow.objects.filter(run=run, why=KEPT).count()
    RosterRow.objects.filter(run=run).exclude(why=KEPT).delete()
    stored, run.stored_name = run.stored_name, ""
    run.state, run.ended_at, run.stop_at = ends, at, None
    run.counts = {**run.counts, "kept": kept}
    run.save(update_fields=["stored_name", "state", "ended_at", "stop_at", "counts"])
    transaction.on_commit(lambda: sealed_files.remove(stored))
    return run
