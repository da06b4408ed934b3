"""Households and people through the verbs: who may write, what a move leaves behind, what a child needs."""

from datetime import date, timedelta

import pytest

from tests.factories import MONDAY_NOON, family, home, household, person
from yige.archive.models import Household, Origin, Person, Tie
from yige.archive.people import access, actions, sealing
from yige.archive.words import TieKind
from yige.audit.models import LogEntry
from yige.lib.refusals import NotAllowed, NotSaid

AT = MONDAY_NOON


def test_family_has_its_ties_and_its_origins(here):
    made = family(here)

    people = Person.objects.of(made)
    assert [sealing.mask_value(each, "name") for each in people] == ["王*英", "李*国"]
    assert [sealing.mask_value(each, "phone") for each in people] == ["199****0001", "199****0002"]
    assert sorted(Tie.objects.filter(household=made).values_list("kind", flat=True)) == [
        "belongs",
        "belongs",
        "lives",
    ]
    assert Origin.objects.get(subject_id=people[0].pk).fields == ["birth_year", "name", "phone"]
    assert made.contact == people[0]


def test_move_is_one_row_that_ends_and_one_that_begins(here):
    made = family(here)
    there = home(here, room="101", path="/zz/js/9/1/", name="4号楼")

    actions.move_household(made, by=here.grid_head, at=AT, home=there, kind="rents")

    lived, rents = Tie.objects.filter(household=made, kind__in=("lives", "rents")).order_by("since")
    assert (lived.kind, lived.since, lived.until) == (TieKind.LIVES, date(2025, 6, 2), date(2026, 3, 2))
    assert (rents.kind, rents.home, rents.since, rents.until) == (
        TieKind.RENTS,
        there,
        date(2026, 3, 2),
        None,
    )
    assert Household.objects.get(pk=made.pk).home == there


@pytest.mark.parametrize(
    "name", ["neighbour_head", "neighbour_worker", "department", "desk", "community_head", "idle"]
)
def test_nobody_writes_in_a_file_outside_the_own_area(here, name):
    made = household(here)

    with pytest.raises(NotAllowed):
        actions.add_person(made, by=getattr(here, name), at=AT, name="张三")

    assert Person.objects.count() == 0


def test_file_does_not_go_to_a_grid_beyond_the_own_reach(here):
    made, there = household(here), home(here, path="/zz/js/9x/", name="9号楼")

    with pytest.raises(NotAllowed, match="新住址不在您的片区"):
        actions.move_household(made, by=here.grid_head, at=AT, home=there)
    actions.move_household(made, by=here.registrar, at=AT, home=there)

    assert Household.objects.get(pk=made.pk).grid_path == "/zz/js/9x/"


def test_child_has_a_file_only_through_a_guardian(here):
    made = household(here)
    mother = person(here, made, birth_year=1990)

    with pytest.raises(NotSaid) as refused:
        actions.add_person(made, by=here.micro, at=AT, name="王小宝", birth_year=2019, phone="19900000003")
    assert set(refused.value.fields) == {"guardian", "phone"}
    child = actions.add_person(made, by=here.micro, at=AT, name="王小宝", birth_year=2019, guardian=mother)

    assert child.guardian == mother


def test_label_that_is_not_on_the_list_is_refused(here):
    old = person(here, household(here))

    with pytest.raises(NotSaid, match="没有这种标签"):
        actions.grant_label(old, by=here.micro, at=AT, kind="key_person")
    label = actions.grant_label(old, by=here.micro, at=AT, kind="living_alone")

    assert label.until == date(2027, 3, 2)


def test_reveal_is_written_down_before_the_value_leaves(here):
    old = person(here, household(here))

    with pytest.raises(NotSaid, match="原因"):
        access.reveal(old, by=here.micro, at=AT, field="phone", reason="")
    with pytest.raises(NotAllowed):
        access.reveal(old, by=here.neighbour_worker, at=AT, field="phone", reason="visit")
    assert access.reveal(old, by=here.micro, at=AT, field="phone", reason="visit") == "19900000001"

    line = LogEntry.objects.get(verb="archive.reveal")
    assert (line.subject_id, line.purpose, line.post_id) == (str(old.pk), "visit", here.micro.posts.get().pk)


def test_number_of_another_grid_is_not_found(here):
    person(here, household(here), phone="19900000009")

    found = access.find_by_phone("199 0000 0009", by=here.micro, at=AT)
    hidden = access.find_by_phone("19900000009", by=here.neighbour_worker, at=AT)

    assert (len(found), len(hidden)) == (1, 0)
    assert list(
        LogEntry.objects.filter(verb="archive.search").order_by("id").values_list("result", flat=True)
    ) == ["hit", "miss"]


def test_whoever_left_has_no_household_and_no_labels(here):
    old = person(here, household(here))
    actions.grant_label(old, by=here.micro, at=AT - timedelta(days=3), kind="living_alone")

    actions.leave(old, by=here.micro, at=AT)

    old.refresh_from_db()
    assert (old.household, old.labels.filter(withdrawn_at=None).count()) == (None, 0)
