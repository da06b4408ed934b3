"""Two files of one person made one: one keeper asks, another agrees; the second file is an alias for ever.

The alias holds nothing sealed; what it held, and what the kept file said before, lies sealed with the merge, so that
it can be taken apart again. Later acts on the alias lead to the kept file (`actions.locked_person`).
"""

import json

from django.apps import apps
from django.db import IntegrityError, transaction

from yige.archive.models import Household, Label, Likeness, Merge, Person, RightsRequest, SignIn, Tie
from yige.archive.people import sealing
from yige.archive.people.actions import origin
from yige.archive.people.likenesses import common_path
from yige.archive.people.standing import check_keeps
from yige.archive.person_fields import (
    EMPTY_COLUMNS,
    FIELD_BY_NAME,
    MERGED_FIELDS,
    SEALED_FIELDS,
    SOUNDING_FIELDS,
    VALUE_FIELDS,
    says,
)
from yige.archive.words import Source, TieKind
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.lib.crypto import open_sealed, seal
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

SETTLED = "这件事已经有人处理过了，请刷新页面。"
ENDED = "其中一份档案已经结束或已并入别的档案，不能再合并。"
OWN = "合并要由另一位档案管理员来批，申请人自己不能批。"
WAITS = "这份档案已有一份合并申请在等批准。"
FAMILY = "一份是另一份的监护人，不会是同一个人，请核对。"
CHAINED = "留下的那份档案后来又并入了别的档案，请先拆开那一次。"
FORGOTTEN = "合并前的内容已经删除，不能再拆开。"


@action("archive.dismiss_likeness")
def dismiss(likeness, *, by, at) -> Likeness:
    """Say that two files are two persons; they are not listed again."""
    likeness = _open_likeness(likeness, by, at)
    likeness.settled_at, likeness.settled_by, likeness.same = at, by, False
    likeness.save(update_fields=["settled_at", "settled_by", "same"])
    return likeness


@action("archive.ask_merge", makes=Merge)
def ask_merge(kept, *, by, at, id, gone, take=()) -> Merge:
    """Ask another keeper to agree that `gone` becomes part of `kept`; `take` names what is taken over from it."""
    kept, gone = _locked_pair(kept, gone)
    _check_pair(kept, gone, by, at)
    if unknown := set(take) - set(MERGED_FIELDS):
        raise NotSaid("没有这一项。", take=f"没有这一项：{'、'.join(sorted(unknown))}。")
    take = [name for name in take if file_says(gone, name)]  # nothing is ever replaced by nothing
    path = common_path(kept.grid_path, gone.grid_path)
    merge = Merge(id=id, kept=kept, gone=gone, grid_path=path, take=sorted(take), asked_at=at, asked_by=by)
    try:
        with transaction.atomic():
            merge.save(force_insert=True)
    except IntegrityError:
        raise Conflict(WAITS) from None
    _settle(kept, gone, by, at, same=True)
    return merge


@action("archive.refuse_merge")
def refuse_merge(merge, *, by, at) -> Merge:
    """Say that the two stay two files; whoever asked may take the request back by the same word."""
    merge = _open_merge(merge, by, at)
    # A request taken back by the asker is decided by nobody else: the row says so by having no second person.
    merge.decided_at, merge.granted = at, False
    merge.decided_by = None if merge.asked_by_id == by.pk else by
    merge.save(update_fields=["decided_at", "granted", "decided_by"])
    if merge.decided_by is None:
        _reopen(merge)
    else:
        _settle(merge.kept, merge.gone, by, at, same=False)
    return merge


@action("archive.grant_merge")
def grant_merge(merge, *, by, at) -> Merge:
    """Agree, and make the two files one."""
    merge = _open_merge(merge, by, at)
    if merge.asked_by_id == by.pk:
        raise NotAllowed(OWN)
    kept, gone = _locked_pair(merge.kept, merge.gone)
    _check_pair(kept, gone, by, at)
    before = {"gone": snapshot(gone), "kept": snapshot(kept)}
    merge.moved = _hand_over(kept, gone, at)
    _take_over(merge, kept, before["gone"])
    _become_alias(gone, kept)
    before["version"] = kept.version
    merge.before_sealed = seal(json.dumps(before), where=sealing.where(Merge, "before", merge.pk))
    merge.decided_at, merge.decided_by, merge.granted = at, by, True
    merge.save(update_fields=["moved", "before_sealed", "decided_at", "decided_by", "granted"])
    insert_rows(origin(kept, merge.take or ["file"], by=by, at=at, source=Source.MERGE, source_id=merge.pk))
    return merge


@action("archive.undo_merge")
def undo_merge(merge, *, by, at) -> Merge:
    """Take a merge apart: each file gets back what was its own; what was written into the kept one since stays."""
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    check_keeps(by, merge.grid_path, at)
    if not merge.granted or merge.undone_at:
        raise Conflict(SETTLED)
    if merge.before_sealed is None:
        raise Conflict(FORGOTTEN)
    kept, gone = _locked_pair(merge.kept, merge.gone)
    if kept.merged_into_id or kept.removed_at or gone.removed_at:
        raise Conflict(CHAINED)
    place = sealing.where(Merge, "before", merge.pk)
    before = json.loads(open_sealed(bytes(merge.before_sealed), where=place))
    _give_back(merge, kept, before)
    _restore_alias(gone, before["gone"])
    _hand_back(merge, kept, gone)
    merge.undone_at, merge.undone_by = at, by
    merge.save(update_fields=["undone_at", "undone_by"])
    _settle(kept, gone, by, at, same=False)
    return merge


def file_says(person, name) -> bool:
    """Say whether a file says anything in this field."""
    value = getattr(person, f"{name}_sealed") if name in SEALED_FIELDS else getattr(person, name)
    return says(FIELD_BY_NAME[name], value)


def snapshot(person) -> dict[str, int | str]:
    """Return what a file says, in the clear; it is sealed at once."""
    texts = {field: sealing.open_value(person, field) for field in SEALED_FIELDS}
    ids = {"household": person.household_id, "guardian": person.guardian_id}
    facts = {name: getattr(person, name) for name in VALUE_FIELDS}
    return texts | facts | {name: None if pk is None else str(pk) for name, pk in ids.items()}


def _take_over(merge, kept, values):
    """Write into the kept file what was chosen of the other one."""
    texts = {name: values[name] for name in merge.take if name in SEALED_FIELDS}
    sealing.seal_values(kept, **texts)
    for name in set(merge.take) & set(VALUE_FIELDS):
        setattr(kept, name, values[name])
    if SOUNDING_FIELDS & set(merge.take):
        sealing.set_sound(kept, sealing.open_value(kept, "name"))
    kept.version += 1
    kept.save()


def _become_alias(gone, kept):
    for column, empty in EMPTY_COLUMNS.items():
        setattr(gone, column, empty)
    gone.household, gone.merged_into, gone.version = None, kept, gone.version + 1
    gone.save()


def _hand_over(kept, gone, at):
    """Move what hangs on the other file to the kept one; return the ids of what was moved."""
    tie = gone.ties.current().filter(kind=TieKind.BELONGS).first()
    if tie:
        Tie.objects.filter(pk=tie.pk).update(until=max(local_day(at), tie.since))
    ties = gone.ties.exclude(pk=tie.pk if tie else None)
    doubled = Label.objects.filter(person=kept, withdrawn_at=None).values("kind")
    labels = Label.objects.filter(person=gone).exclude(kind__in=doubled, withdrawn_at=None)
    moved = {
        "tie": str(tie.pk) if tie else None,
        "ties": _move(ties, person=kept),
        "labels": _move(labels, person=kept),
        "wards": _move(Person.objects.filter(guardian=gone), guardian=kept),
        "contacts": _move(Household.objects.filter(contact=gone, pk=kept.household_id), contact=kept),
        "requests": _move(RightsRequest.objects.filter(person=gone), person=kept),
        "rooms": _move_what_rooms_keep(kept, gone),
    }
    moved["dropped"] = _move(Household.objects.filter(contact=gone), contact=None)
    SignIn.objects.filter(person=gone, ended_at=None).update(ended_at=at)
    return moved


def _hand_back(merge, kept, gone):
    moved = merge.moved
    Tie.objects.filter(pk__in=moved["ties"], person=kept).update(person=gone)
    if moved["tie"]:
        Tie.objects.filter(pk=moved["tie"], person=gone).update(until=None)
    Label.objects.filter(pk__in=moved["labels"], person=kept).update(person=gone)
    Person.objects.filter(pk__in=moved["wards"], guardian=kept).update(guardian=gone)
    Household.objects.filter(pk__in=moved["contacts"], contact=kept).update(contact=gone)
    Household.objects.filter(pk__in=moved["dropped"], contact=None).update(contact=gone)
    RightsRequest.objects.filter(pk__in=moved["requests"], person=kept).update(person=gone)
    for place, ids in moved.get("rooms", {}).items():
        label, field = place.rsplit(".", 1)
        apps.get_model(label)._base_manager.filter(pk__in=ids, **{field: kept}).update(**{field: gone})


def _move_what_rooms_keep(kept, gone):
    """Move the rows that other rooms keep of a person; return their ids by model and field.

    `Privacy.handed_over` says for each of its fields by which others two rows are the same (none: a person has one row);
    what the kept file has already stays where it is.
    """
    moved = {}
    for model in apps.get_models():
        for field, same in getattr(getattr(model, "Privacy", None), "handed_over", {}).items():
            moved[f"{model._meta.label_lower}.{field}"] = _move_rows(model, field, same, kept, gone)
    return moved


def _move_rows(model, field, same, kept, gone):
    rows = model._base_manager.filter(**{field: gone})
    taken = model._base_manager.filter(**{field: kept})
    if not same:
        rows = rows.none() if taken.exists() else rows
    elif same != ("id",):
        rows = rows.exclude(**{f"{same[0]}__in": taken.values(*same)})
    return _move(rows, **{field: kept})


def _move(rows, **to):
    ids = [str(pk) for pk in rows.values_list("pk", flat=True)]
    rows.model._base_manager.filter(pk__in=ids).update(**to)
    return ids


def _give_back(merge, kept, before):
    """Put the kept file's own words back where the merge had replaced them and nobody wrote anything since."""
    for name in merge.take:
        taken, own = before["gone"][name], before["kept"][name]
        now = sealing.open_value(kept, name) if name in SEALED_FIELDS else getattr(kept, name)
        if now != taken:
            continue
        if name in SEALED_FIELDS:
            sealing.seal_values(kept, **{name: own})
        else:
            setattr(kept, name, own)
    sealing.set_sound(kept, sealing.open_value(kept, "name"))
    kept.version += 1
    kept.save()


def _restore_alias(gone, values):
    sealing.seal_values(gone, **{field: values.get(field, "") for field in SEALED_FIELDS})
    for name in VALUE_FIELDS:
        setattr(gone, name, values.get(name, FIELD_BY_NAME[name].empty))
    sealing.set_sound(gone, values["name"])
    household = Household.objects.filter(pk=values["household"]).first()
    gone.household, gone.guardian_id = household, values["guardian"]
    gone.grid_path = household.grid_path if household else gone.grid_path
    gone.merged_into, gone.version = None, gone.version + 1
    gone.save()


def _locked_pair(one, other):
    """Lock two files, always in the same order, and read them anew."""
    people = Person.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {person.pk: person for person in people}
    return found[one.pk], found[other.pk]


def _check_pair(kept, gone, by, at):
    for person in (kept, gone):
        check_keeps(by, person.grid_path, at)
        if person.merged_into_id or person.removed_at:
            raise Conflict(ENDED)
    if kept.pk == gone.pk:
        raise NotSaid("请选两份不同的档案。")
    if kept.household_id is None:
        raise Conflict("留下的那份要是现在住在这里的人。", kept="请留下现在住在这里的那份。")
    if gone.guardian_id == kept.pk or kept.guardian_id == gone.pk:
        raise NotSaid(FAMILY)


def _open_likeness(likeness, by, at):
    likeness = Likeness.objects.select_for_update().get(pk=likeness.pk)
    check_keeps(by, likeness.grid_path, at)
    if likeness.settled_at:
        raise Conflict(SETTLED)
    return likeness


def _open_merge(merge, by, at):
    merge = Merge.objects.select_for_update(of=("self",)).select_related("kept", "gone").get(pk=merge.pk)
    check_keeps(by, merge.grid_path, at)
    if merge.decided_at:
        raise Conflict(SETTLED)
    return merge


def _reopen(merge):
    """Whoever takes a request back leaves the pair to be looked at again."""
    one, other = sorted((merge.kept_id, merge.gone_id))
    Likeness.objects.filter(one=one, other=other).update(settled_at=None, settled_by=None, same=None)


def _settle(kept, gone, by, at, *, same):
    one, other = sorted((kept.pk, gone.pk))
    Likeness.objects.filter(one=one, other=other).update(settled_at=at, settled_by=by, same=same)
