"""Every write to households, people and what holds between them; a move is one row that ends and one that begins."""

from django.db.models import F

from yige.archive.models import Household, Label, Organisation, Origin, Person, SignIn, Tie
from yige.archive.people import checks, sealing
from yige.archive.people.purposes import basis_of
from yige.archive.people.standing import check_writes, ways
from yige.archive.person_fields import (
    FIELD_BY_NAME,
    OPEN_FIELDS,
    PERSON_FIELDS,
    SEALED_FIELDS,
    SOUNDING_FIELDS,
    says,
)
from yige.archive.words import HOUSING, GrantedBy, Relation, Source, TieKind
from yige.audit.bulk_insert import insert_rows
from yige.audit.log import action
from yige.lib.local_time import add_months, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid


@action("archive.make_household", makes=Household)
def make_household(
    home, *, by, at, id, kind=TieKind.LIVES, since=None, source=Source.DESK, source_id=None
) -> Household:
    """Open the file of a household that lives in, or rents, this home."""
    household = Household(
        id=id, grid_id=home.building.grid_id, grid_path=home.grid_path, home=home, made_at=at
    )
    check_writes(by, household, at)
    _check_empty(home, kind)
    household.save(force_insert=True)
    insert_rows(_housing(household, home, kind, since or local_day(at)))
    insert_rows(origin(household, ["home"], by=by, at=at, source=source, source_id=source_id))
    return household


@action("archive.move_household")
def move_household(
    household, *, by, at, home, kind=TieKind.LIVES, since=None, source=Source.DESK, source_id=None
) -> Household:
    """Move a household to another home: the old tie ends, a new one begins, all else stays with the file."""
    household = lock_household(household, by, at)
    there = Household(grid_path=home.grid_path)
    if not ways(by, there, at) & {"area", "keeper"} and not _may_send(by, at):
        raise NotAllowed("新住址不在您的片区，请交给档案管理员来办。")
    _check_empty(home, kind, household)
    day = since or local_day(at)
    _end(household.ties.current().filter(kind__in=HOUSING), day)
    insert_rows(_housing(household, home, kind, day))
    household.home, household.grid_id, household.grid_path = home, home.building.grid_id, home.grid_path
    household.version += 1
    household.save(update_fields=["home", "grid", "grid_path", "version"])
    Person.objects.filter(household=household).update(grid_path=home.grid_path)
    insert_rows(origin(household, ["home"], by=by, at=at, source=source, source_id=source_id))
    return household


@action("archive.end_household")
def end_household(household, *, by, at, since=None) -> Household:
    """Close the file of a household that moved away from the district; it is deleted when its time has run out."""
    household = lock_household(household, by, at)
    _end(household.ties.current(), since or local_day(at))
    household.links.current().update(until=local_day(at))
    household.ended_at, household.version = at, household.version + 1
    household.save(update_fields=["ended_at", "version"])
    return household


@action("archive.name_contact")
def name_contact(household, *, by, at, person) -> Household:
    """Say whom of the household to speak to first."""
    household = lock_household(household, by, at)
    if person is not None and person.household_id != household.pk:
        raise NotSaid("这个人不在这一户。", person="请从本户的人里选。")
    household.contact = person
    household.save(update_fields=["contact"])
    return household


@action("archive.add_person", makes=Person)
def add_person(household, *, by, at, id, since=None, source=Source.DESK, source_id=None, **said) -> Person:
    """Open the file of a person who belongs to this household; a child needs a guardian of the same household.

    `said` are the fields of `person_fields.py`.
    """
    household = lock_household(household, by, at)
    if unknown := said.keys() - FIELD_BY_NAME.keys():
        raise TypeError(f"no field of a person: {unknown}")
    texts, facts = _texts_and_facts({field.name: field.empty for field in PERSON_FIELDS} | said)
    texts, facts = checks.check_person(texts, facts, household, at)
    person = Person(id=id, household=household, grid_path=household.grid_path, made_at=at, **facts)
    sealing.seal_values(person, **texts)
    sealing.set_sound(person, texts["name"])
    person.save(force_insert=True)
    fields = [name for name, value in {**texts, **facts}.items() if says(FIELD_BY_NAME[name], value)]
    insert_rows(
        Tie(
            kind=TieKind.BELONGS,
            person=person,
            household=household,
            relation=person.relation,
            since=since or local_day(at),
        )
    )
    insert_rows(origin(person, fields, by=by, at=at, source=source, source_id=source_id))
    return person


@action("archive.describe_person")
def describe_person(person, *, by, at, seen=None, source=Source.DESK, source_id=None, **said) -> Person:
    """Correct some fields of a person; what is not named stays. `seen` is the version of the page that asked."""
    person = lock_person(person, by, at)
    if seen is not None and str(seen) != str(person.version):
        raise Conflict("您打开页面之后，这份档案已经有人改过，请看过再改。")
    texts, facts = _texts_and_facts(said)
    texts, facts = checks.check_person(texts, facts, person.household, at, person=person)
    for name, value in facts.items():
        setattr(person, name, value)
    sealing.seal_values(person, **texts)
    if SOUNDING_FIELDS & said.keys():
        sealing.set_sound(person, texts.get("name") or sealing.open_value(person, "name"))
    if "phone" in texts:  # whoever has the former phone is signed out
        SignIn.objects.filter(person=person, ended_at=None).update(ended_at=at)
    person.version += 1
    person.save()
    if "relation" in facts:
        person.ties.current().filter(kind=TieKind.BELONGS).update(relation=person.relation)
    insert_rows(origin(person, [*texts, *facts], by=by, at=at, source=source, source_id=source_id))
    return person


def _texts_and_facts(said):
    """Return of what was said the fields that are sealed and those that are not."""
    return (
        {name: said[name] for name in SEALED_FIELDS if name in said},
        {name: said[name] for name in OPEN_FIELDS if name in said},
    )


@action("archive.move_person")
def move_person(
    person, *, by, at, household, relation=Relation.OTHER, since=None, source=Source.DESK, source_id=None
) -> Person:
    """Move a person to another household; the old tie ends, a new one begins."""
    person = lock_person(person, by, at)
    if household.pk == person.household_id:
        raise Conflict("这个人已经在这一户了。")
    if not ways(by, household, at) & {"area", "keeper"} and not _may_send(by, at):
        raise NotAllowed("新的一户不在您的片区，请交给档案管理员来办。")
    day = since or local_day(at)
    _end(person.ties.current().filter(kind=TieKind.BELONGS), day)
    Household.objects.filter(contact=person).update(contact=None)
    person.household, person.grid_path, person.relation = household, household.grid_path, relation
    person.guardian, person.version = None, person.version + 1
    person.save(update_fields=["household", "grid_path", "relation", "guardian", "version"])
    insert_rows(Tie(kind=TieKind.BELONGS, person=person, household=household, relation=relation, since=day))
    insert_rows(origin(person, ["household", "relation"], by=by, at=at, source=source, source_id=source_id))
    return person


@action("archive.leave_household")
def leave(person, *, by, at, since=None) -> Person:
    """Say that a person moved away; the file ends with its time."""
    person = lock_person(person, by, at)
    _end(person.ties.current(), since or local_day(at))
    Household.objects.filter(contact=person).update(contact=None)
    person.household, person.version = None, person.version + 1
    person.save(update_fields=["household", "version"])
    person.labels.filter(withdrawn_at=None).update(withdrawn_at=at)
    return person


@action("archive.tell_work", makes=Tie)
def work_at(person, *, by, at, id, organisation: Organisation, since=None) -> Tie:
    """Say that a person works at an organisation, because he or she wants it known."""
    person = lock_person(person, by, at)
    _end(person.ties.current().filter(kind=TieKind.WORKS, organisation=organisation), local_day(at))
    tie = Tie(
        id=id,
        kind=TieKind.WORKS,
        person=person,
        organisation=organisation,
        since=since or local_day(at),
    )
    insert_rows(tie, origin(person, ["works"], by=by, at=at, source=Source.DESK, basis="consent"))
    return tie


@action("archive.grant_label", makes=Label)
def grant_label(
    person, *, by, at, id, kind, granted_by=GrantedBy.PERSON, months=None, source=Source.VISIT, source_id=None
) -> Label:
    """Write down a service that the person, or the guardian, asked for; a year at most, then it is asked again."""
    row = checks.check_label(kind, months)
    if granted_by not in GrantedBy.values:
        raise NotSaid("请说明是谁同意的。", granted_by="请选本人或监护人。")
    person = lock_person(person, by, at)
    if person.guardian_id and granted_by != GrantedBy.GUARDIAN:
        raise NotSaid("十四岁以下的，要监护人同意。", granted_by="请选监护人。")
    person.labels.filter(kind=kind, withdrawn_at=None).update(withdrawn_at=at)
    label = Label(
        id=id,
        person=person,
        kind=kind,
        granted_at=at,
        granted_by=granted_by,
        until=add_months(local_day(at), months or row.months),
    )
    insert_rows(label)
    insert_rows(origin(person, [kind], by=by, at=at, source=source, source_id=source_id, basis="consent"))
    return label


@action("archive.withdraw_label")
def withdraw_label(label, *, by, at) -> Label:
    """Take a label back, at any time and without consequence: the person, or somebody told by the person."""
    label = Label.objects.select_for_update().get(pk=label.pk)
    person = Person.objects.select_related("household").get(pk=label.person_id)
    if person.household is None or not ways(by, person.household, at) & {"area", "keeper", "self"}:
        raise NotAllowed("只有本人、监护人和本片区的人可以撤回标签。")
    label.withdrawn_at = label.withdrawn_at or at
    label.save(update_fields=["withdrawn_at"])
    return label


def origin(subject, fields, *, by, at, source, source_id=None, basis=None) -> Origin:
    """Return the unsaved row that says where these fields of a file come from."""
    fields = sorted(fields) or ["file"]
    return Origin(
        subject_id=subject.pk,
        fields=fields,
        at=at,
        source=source,
        source_id=source_id,
        by_kind=by.actor_kind,
        by_id=by.actor_id,
        basis=basis or basis_of(fields),
    )


def lock_household(household, by, at) -> Household:
    """Lock a household and read it anew; refuse whoever may not write in its file, and a file that ended."""
    household = Household.objects.select_for_update().get(pk=household.pk)
    check_writes(by, household, at)
    if household.ended_at:
        raise Conflict("这一户的档案已经结束，不能再改。")
    return household


def lock_person(person, by, at) -> Person:
    """Lock a person and read it anew; an alias leads to the file that was kept."""
    person = Person.objects.select_for_update(of=("self",)).select_related("household").get(pk=person.pk)
    while person.merged_into_id:
        person = (
            Person.objects.select_for_update(of=("self",))
            .select_related("household")
            .get(pk=person.merged_into_id)
        )
    if person.removed_at or person.household is None:
        raise Conflict("这个人的档案已经结束，不能再改。")
    check_writes(by, person.household, at)
    return person


def _housing(household, home, kind, day):
    if kind not in HOUSING:
        raise NotSaid("请说明是自住还是租住。", kind="请选住在或租住。")
    return Tie(kind=kind, household=household, home=home, since=day)


def _check_empty(home, kind, household=None):
    """Several households may share a home (rooms are let one by one), but the same one does not move where it is."""
    if household is not None and household.home_id == home.pk:
        raise Conflict("这一户现在就住在这里。")


def _may_send(by, at):
    """A keeper of any area may send a file to where the household went."""
    return by.actor_kind == "command" or any(post.may("keep_files") for post in by.posts_at(at))


def _end(ties, day):
    """End ties on a day, never before they began."""
    ties.filter(since__lte=day).update(until=day)
    ties.filter(since__gt=day).update(until=F("since"))
