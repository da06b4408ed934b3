"""Rows as values, without ids: what two ways of writing the same things have to leave alike."""

from django.db import transaction

from yige.archive.models import Building, Home, Household, Label, Organisation, Person, Thing
from yige.archive.people import sealing
from yige.audit.models import LogEntry
from yige.contact.models import Look, Need, Patrol, Promise, Spot, Visit


def left_by(lay, models, verbs):
    """Return what one way of laying leaves, and undo it."""
    with transaction.atomic():
        lay()
        found = {model.__name__: rows_of(model) for model in models} | {"LogEntry": lines(verbs)}
        transaction.set_rollback(True)
    return found


def rows_of(model):
    """Return the rows of a table as values, ids replaced by what the row is about, sealed values opened."""
    return sorted(str(plain(row)) for row in model.objects.all())


def lines(verbs):
    """Return the log lines of these verbs without what differs from run to run."""
    return sorted(
        str((row.at, row.verb, row.actor_kind, row.actor_id, row.post_id, row.subject_type, subject(row.subject_id),
         row.fields, row.purpose, row.result, row.key, len(row.fingerprint)))
        for row in LogEntry.objects.filter(verb__startswith=verbs)
    )  # fmt: skip


def plain(row):
    found = {}
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        value = getattr(row, field.name)
        if field.name.endswith("_sealed"):
            value = sealing.open_value(row, field.name.removesuffix("_sealed"))
        elif field.name == "subject_id":
            value = subject(value)
        elif hasattr(value, "pk"):
            value = told(value)
        found[field.name] = bytes(value) if isinstance(value, memoryview) else value
    return found


def subject(pk):
    for model in (Person, Household, Home, Building, Label, Visit, Patrol, Look, Spot, Thing, Organisation):
        if row := model.objects.filter(pk=pk).first():
            return told(row)
    return pk


def told(row):
    if isinstance(row, Person):
        return f"{sealing.open_value(row, 'name')} {row.birth_year} {told(row.household)}"
    if isinstance(row, Household):
        return told(row.home)
    if isinstance(row, Label):
        return f"{row.kind} {told(row.person)}"
    if isinstance(row, (Visit, Need, Promise)):
        return f"{row} {told(row.household)} {getattr(row, 'words', '')}"
    if isinstance(row, Look):
        return f"{row} {told(row.spot)} {row.patrol}"
    return f"{row.building} {row}" if isinstance(row, Home) else str(row)
