"""Two files that look alike: people decide, two of them, and what was made one can be taken apart again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.archive.rosters.roster_files import FAMILY, taken
from tests.factories import MONDAY_NOON, household, person
from tests.scenes import scene
from yige.archive.models import Household, Label, Likeness, Merge, Origin, Person, RightsRequest, Tie
from yige.archive.people import actions, likenesses, merging, sealing
from yige.archive.person_fields import SEALED_FIELDS
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

AT = MONDAY_NOON


@scene
def pair(here):
    """One person on file twice: with the phone at one door, with a label and the house to speak to at another."""
    first = person(here, household(here, room="501"), "王小英", birth_year=1948, phone="19900000001")
    second = person(
        here, household(here, room="601"), "王小英", birth_year=1948, phone="", emergency="女儿 19900000008"
    )
    actions.grant_label(second, by=here.registrar, at=AT, kind="living_alone")
    actions.name_contact(second.household, by=here.registrar, at=AT, person=second)
    return first, second


def asked(here, kept, gone, **said):
    return merging.ask_merge(kept, by=here.registrar, at=AT, gone=gone, **said)


def merged(here, kept, gone, **said):
    merge = asked(here, kept, gone, **said)
    return merging.grant_merge(merge, by=here.second_registrar, at=AT)


def frozen():
    """Return all that people's files say, in the clear, without versions."""
    people = {}
    for one in Person.objects.order_by("pk"):
        texts = tuple(sealing.open_value(one, field) for field in SEALED_FIELDS)
        indexes = tuple(bytes(value or b"") for value in (one.name_index, one.phone_index, one.sound_index))
        people[one.pk] = (
            texts,
            indexes,
            one.household_id,
            one.birth_year,
            one.sex,
            one.relation,
            one.guardian_id,
            one.merged_into_id,
        )
    ties = list(Tie.objects.order_by("pk").values())
    labels = list(Label.objects.order_by("pk").values())
    return people, ties, labels, list(Household.objects.order_by("pk").values_list("pk", "contact"))


# who looks alike


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({}, {"name": "王晓英", "phone": "19900000001"}, ["phone", "sound"]),
        ({}, {"phone": ""}, ["name", "sound"]),
        ({"phone": ""}, {"phone": "19900000005"}, ["name", "sound"]),
        ({}, {"birth_year": None, "phone": "19900000001"}, ["phone", "name"]),
        ({}, {"room": "501", "name": "王晓英", "phone": "19900000005"}, ["sound", "address"]),
        (
            {"identity": "11010519491231002X"},
            {"identity": "11010519491231002X", "name": "李丽", "phone": ""},
            ["identity"],
        ),
        ({}, {"phone": "19900000005"}, None),
        ({}, {"name": "王晓英", "phone": ""}, None),
        ({}, {"name": "李丽"}, None),
        ({}, {"birth_year": 1949, "phone": ""}, None),
        (
            {"identity": "11010519491231002X", "phone": ""},
            {"identity": "110105194912310038", "phone": ""},
            None,
        ),
    ],
)
def test_pairs_that_look_alike_are_listed_with_their_reasons(here, one, other, reasons):
    for said in (one, {"room": "601", **other}):
        words = {"name": "王小英", "birth_year": 1948, "phone": "19900000001", **said}
        person(here, household(here, room=words.pop("room", "501")), words.pop("name"), **words)

    found = likenesses.look_for_alike(AT)

    assert found["alike"] == (0 if reasons is None else 1)
    assert [row.reasons for row in Likeness.objects.all()] == ([] if reasons is None else [reasons])


def test_pair_is_listed_once_and_not_again_when_it_was_dismissed(here, pair):
    likenesses.look_for_alike(AT)
    merging.dismiss(Likeness.objects.get(), by=here.registrar, at=AT)

    assert likenesses.look_for_alike(AT)["alike"] == 0
    row = Likeness.objects.get()
    assert (row.same, row.settled_by, row.grid_path) == (False, here.registrar, "/zz/js/9/1/")


def test_import_lists_what_its_new_people_look_like(here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person(here, household(here, room="901"), "王式例", birth_year=1958, phone="")
    rows = [["王示例", "", "19900000001", "1958", "男", "户主", "", "向阳小院3号楼2单元902"], *FAMILY[1:2]]
    rows[1] = [*rows[1][:6], "", rows[1][7]]
    other = person(here, household(here, room="801"), "李示例", birth_year=None, phone="19900000003")

    run = taken(here, rows)

    assert run.counts["new"] == 2
    assert Likeness.objects.count() == 0
    actions.describe_person(other, by=here.registrar, at=AT, phone="19900000002")
    assert likenesses.find_alike(run, AT) == 1
    assert Likeness.objects.get().reasons == ["phone", "name"]


def test_files_of_two_streets_are_nobodys_to_settle(here):
    person(here, household(here, room="501"), "王小英", phone="")
    person(
        here, household(here, room="101", path="/zzz/", estate="远处小院", name="1号楼"), "王小英", phone=""
    )

    assert likenesses.look_for_alike(AT)["alike"] == 0


# two persons


def test_merge_makes_the_second_file_an_alias_of_the_first(here, pair):
    first, second = pair

    merge = merged(here, first, second, take=["emergency"])

    first, second = Person.objects.get(pk=first.pk), Person.objects.get(pk=second.pk)
    assert (second.merged_into, second.household, sealing.open_value(second, "name")) == (first, None, "")
    assert not any((second.name_index, second.sound_index, second.phone_index))
    assert sealing.open_value(first, "emergency") == "女儿 19900000008"
    assert Label.objects.get().person == first
    assert Tie.objects.filter(person=second, until=None).count() == 0
    assert Household.objects.filter(contact=second).count() == 0
    assert Origin.objects.filter(subject_id=first.pk, source="merge").get().source_id == merge.pk
    assert Person.objects.current().get() == first


def test_later_act_on_the_alias_leads_to_the_kept_file(here, pair):
    first, second = pair
    merged(here, first, second)

    actions.describe_person(second, by=here.registrar, at=AT, phone="19900000066")

    assert sealing.open_value(Person.objects.get(pk=first.pk), "phone") == "19900000066"


def test_whoever_asked_cannot_agree(here, pair):
    merge = asked(here, *pair)

    with pytest.raises(NotAllowed, match="另一位档案管理员"):
        merging.grant_merge(merge, by=here.registrar, at=AT)

    assert Person.objects.current().count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Merge.objects.filter(pk=merge.pk).update(decided_by=here.registrar)


@pytest.mark.parametrize("name", ["other_registrar", "desk", "grid_head", "micro", "idle"])
@pytest.mark.parametrize("verb", ["ask", "grant", "refuse", "undo", "dismiss"])
def test_only_keepers_of_both_files_decide(here, pair, name, verb):
    who = getattr(here, name)
    likenesses.look_for_alike(AT)
    if verb == "dismiss":
        act = lambda: merging.dismiss(Likeness.objects.get(), by=who, at=AT)  # noqa: E731
    elif verb == "ask":
        act = lambda: merging.ask_merge(pair[0], by=who, at=AT, gone=pair[1])  # noqa: E731
    else:
        merge = merged(here, *pair) if verb == "undo" else asked(here, *pair)
        act = lambda: getattr(merging, f"{verb}_merge")(merge, by=who, at=AT)  # noqa: E731
    before = frozen()

    with pytest.raises(NotAllowed):
        act()

    assert frozen() == before


def test_undone_merge_leaves_the_files_as_they_were(here, pair):
    first, second = pair
    RightsRequest.objects.create(person=second, grid_path=second.grid_path, kind="explain", words="?", asked_at=AT, due_on=AT.date())  # fmt: skip
    child = actions.add_person(
        second.household, by=here.registrar, at=AT, name="王小宝", birth_year=2019, guardian=second
    )
    before = frozen()

    merge = merged(here, first, second, take=["emergency", "name", "phone", "birth_year", "sex"])
    assert Person.objects.get(pk=child.pk).guardian == first
    assert RightsRequest.objects.get().person == first
    merging.undo_merge(merge, by=here.registrar, at=AT)

    assert frozen() == before
    assert RightsRequest.objects.get().person == second
    verbs = LogEntry.objects.filter(verb__endswith="_merge").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["archive.ask_merge", "archive.grant_merge", "archive.undo_merge"]


def test_what_was_written_since_a_merge_survives_its_undoing(here, pair):
    first, second = pair
    merge = merged(here, first, second, take=["emergency"])
    actions.describe_person(first, by=here.registrar, at=AT, emergency="儿子 19900000009")

    merging.undo_merge(merge, by=here.registrar, at=AT)

    assert sealing.open_value(Person.objects.get(pk=first.pk), "emergency") == "儿子 19900000009"
    assert sealing.open_value(Person.objects.get(pk=second.pk), "emergency") == "女儿 19900000008"


def test_label_that_both_have_stays_with_each(here, pair):
    first, second = pair
    actions.grant_label(first, by=here.registrar, at=AT, kind="living_alone")

    merged(here, first, second)

    assert Label.objects.filter(person=first, withdrawn_at=None).count() == 1


def test_chain_of_merges_is_taken_apart_from_its_end(here, pair):
    third = person(here, household(here, room="701"), "王小英", birth_year=1948, phone="")
    one = merged(here, pair[0], pair[1])
    merged(here, third, Person.objects.get(pk=pair[0].pk))

    with pytest.raises(Conflict, match="先拆开那一次"):
        merging.undo_merge(one, by=here.registrar, at=AT)


def test_refused_merge_is_not_listed_again_and_one_taken_back_is(here, pair):
    likenesses.look_for_alike(AT)
    merge = asked(here, *pair)
    merging.refuse_merge(merge, by=here.registrar, at=AT)
    assert Likeness.objects.get().settled_at is None

    merging.refuse_merge(asked(here, *pair), by=here.second_registrar, at=AT + timedelta(minutes=1))

    assert Likeness.objects.get().same is False
    assert Person.objects.current().count() == 2


def test_what_makes_no_sense_is_refused(here, pair):
    first, second = pair
    child = actions.add_person(
        first.household, by=here.registrar, at=AT, name="王小宝", birth_year=2019, guardian=first
    )

    with pytest.raises(NotSaid, match="监护人"):
        asked(here, first, child)
    with pytest.raises(NotSaid, match="没有这一项"):
        asked(here, first, second, take=["labels"])
    asked(here, first, second)
    with pytest.raises(Conflict, match="已有一份合并申请"):
        asked(here, first, second)


def test_merge_holds_what_was_before_sealed_for_itself(here, pair):
    merge = merged(here, *pair)

    assert bytes(merge.before_sealed).startswith(b"aes256gcm:")
    assert "王小英" not in str(Merge.objects.values())
