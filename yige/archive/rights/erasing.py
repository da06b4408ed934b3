"""Deleting a person's file for good: what goes, what stays as an empty row, and the proof that it went.

The row of the person stays as a tombstone without content, so that nothing that points to it breaks. Rows of other
rooms say in `Privacy.erased`, way to the person → fields, which of their words go with the person; in
`Privacy.gone_with`, by which ways to the person the whole row goes.
"""

from django.apps import apps
from django.db import transaction

from yige.archive.models import (
    Erasure,
    Household,
    Label,
    Likeness,
    Merge,
    Origin,
    Person,
    RightsRequest,
    RosterRow,
    SignIn,
    SignInCode,
    Tie,
)
from yige.archive.person_fields import EMPTY_COLUMNS
from yige.archive.words import DeletionKind
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import write
from yige.lib.crypto import keyed_hashes

EMPTY_HOUSEHOLD = {
    "home": None, "contact": None, "met_at": None, "tried_at": None, "wished_on": None, "declines_until": None,
}  # fmt: skip
ERASE_BATCH = 2000
GONE_WITH_THE_FILE = "（随档案一起删除）"


@transaction.atomic
def erase(people, *, by, at, what, agreed_by=None) -> int:
    """Empty these people's files with all that was merged into them, write a line for each and one proof; return how many."""
    ids = with_aliases({person.pk for person in people})
    rows = list(Person.objects.select_for_update().filter(pk__in=ids, removed_at=None).order_by("pk"))
    if not rows:
        return 0
    _empty_what_names_them(ids)
    _remove_what_is_theirs_alone(ids)
    _empty_requests(ids)
    phones = [row.phone_index for row in rows if row.phone_index]
    SignInCode.objects.filter(person__in=ids).delete()
    SignInCode.objects.filter(phone_index__in=phones).delete()
    SignIn.objects.filter(person__in=ids).delete()
    Label.objects.filter(person__in=ids).delete()
    Tie.objects.filter(person__in=ids).delete()
    Origin.objects.filter(subject_id__in=ids).delete()
    Likeness.objects.filter(one__in=ids).delete()
    Likeness.objects.filter(other__in=ids).delete()
    Merge.objects.filter(kept__in=ids).update(before_sealed=None, moved={})
    Merge.objects.filter(gone__in=ids).update(before_sealed=None, moved={})
    RosterRow.objects.filter(person__in=ids).update(person=None, before_sealed=None, why="")
    Household.objects.filter(contact__in=ids).update(contact=None)
    Person.objects.filter(guardian__in=ids).update(guardian=None)
    for row in rows:
        write("archive.erase_person", by=by, at=at, kind=Person._meta.label_lower, pk=row.pk, purpose=what)
    Person.objects.filter(pk__in=[row.pk for row in rows]).update(
        **EMPTY_COLUMNS, household=None, removed_at=at
    )
    prove(what, [row.pk for row in rows], by=by, at=at, agreed_by=agreed_by)
    return len(rows)


@transaction.atomic
def erase_household(household, *, by, at) -> int:
    """Empty the file of a household that ended: its people, where it lived, when it was met; the row stays."""
    people = Person.objects.filter(household=household, removed_at=None)
    count = erase(list(people), by=by, at=at, what=DeletionKind.MOVED_AWAY)
    Tie.objects.filter(household=household).delete()
    Origin.objects.filter(subject_id=household.pk).delete()
    write(
        "archive.erase_household", by=by, at=at, kind=Household._meta.label_lower, pk=household.pk,
        purpose=DeletionKind.MOVED_AWAY,
    )  # fmt: skip
    Household.objects.filter(pk=household.pk).update(**EMPTY_HOUSEHOLD)
    prove(DeletionKind.MOVED_AWAY, [household.pk], by=by, at=at)
    return count


def with_aliases(ids) -> set:
    """Return these ids with those of the files that were merged into them: they hold the same person's words."""
    found, fresh = set(ids), set(ids)
    while fresh:
        fresh = set(Person.objects.filter(merged_into__in=fresh).values_list("pk", flat=True)) - found
        found |= fresh
    return found


def _empty_what_names_them(ids):
    """Take the name off the rows of other rooms, and with it the words that these rooms call the person's own."""
    # The longest way first: an answer finds the person by its need, which forgets the person next.
    for model, way, words in sorted(_told_of_people(), key=lambda told: -told[1].count("__")):
        rows = model._base_manager.filter(**{f"{way}__in": ids})
        named = {} if "__" in way else {way: None}
        rows.update(**named, **dict.fromkeys(words, ""))


def _remove_what_is_theirs_alone(ids):
    """Remove the rows of other rooms that are nothing without this person."""
    for model in apps.get_models():
        for way in getattr(getattr(model, "Privacy", None), "gone_with", ()):
            model._base_manager.filter(**{f"{way}__in": ids}).delete()


def _told_of_people():
    """Return (model, way to the person, fields) of every model whose `Privacy.erased` says what goes with a person."""
    for model in apps.get_models():
        for way, words in getattr(getattr(model, "Privacy", None), "erased", {}).items():
            yield model, way, words


def _empty_requests(ids):
    """Requests stay as proof that they were asked and answered in time; their words are the person's."""
    rows = RightsRequest.objects.filter(person__in=ids)
    rows.update(words="", field="")
    rows.exclude(answer="").update(answer=GONE_WITH_THE_FILE)


def prove(what, ids, *, by, at, agreed_by=None) -> None:
    """Write the proof of a deletion: how many, by whom, and a keyed digest of the ids; no content."""
    digest = keyed_hashes("|".join(sorted(map(str, ids))))[0]
    insert_rows(
        Erasure(at=at, what=what, count=len(ids), digest=digest, by_kind=by.actor_kind, by_id=by.actor_id,
                agreed_by=agreed_by)
    )  # fmt: skip


def remove(rows, what, *, by, at) -> int:
    """Delete rows whose time ran out, each batch with its line and its proof; return how many."""
    return _in_batches(rows, what, by, at, (), lambda batch: batch.delete())


def blank(rows, what, *, by, at, **fields) -> int:
    """Empty fields of rows whose time ran out, each batch with its line and its proof; return how many.

    `rows` must ask for what is not empty yet, or there would be no end to it.
    """
    return _in_batches(rows, what, by, at, fields, lambda batch: batch.update(**fields))


def _in_batches(rows, what, by, at, said, act):
    kind, done = rows.model._meta.label_lower, 0
    while True:
        with transaction.atomic():
            ids = list(rows.order_by().values_list("pk", flat=True)[:ERASE_BATCH])
            if not ids:
                return done
            write("archive.clear_expired", by=by, at=at, kind=kind, pk=None, said=said, purpose=what)
            act(rows.model._base_manager.filter(pk__in=ids))
            prove(what, ids, by=by, at=at)
            done += len(ids)
