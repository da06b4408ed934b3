"""What a resident reads of who looked is what was done: no more, no less, whoever moved where meanwhile."""

import random
from collections import defaultdict
from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, family, household, person
from yige.accounts.actors import COMMAND
from yige.archive.models import Household, Person
from yige.archive.people import access, actions
from yige.archive.rights import looks
from yige.archive.words import Purpose
from yige.audit.log import write

AT = MONDAY_NOON
STAFF = ("grid_head", "worker", "micro", "registrar", "second_registrar")
ACCESSES, HOUSEHOLDS, SEED = 10_000, 40, 20_260_302


def lines_of(person):
    return sorted(str(line.pk) for line in looks.looks(person))


class Village:
    """Random staff look at random files while people move, leave and come; `seen` keeps by hand who was concerned."""

    def __init__(self, here):
        self.here, self.chance, self.at = here, random.Random(SEED), AT
        self.households = [family(here, room=str(100 + number), at=AT) for number in range(HOUSEHOLDS)]
        self.people = list(Person.objects.order_by("id"))
        self.home = {row.pk: row.household_id for row in self.people}
        self.seen = defaultdict(list)

    def a_day_passes(self):
        """At noon somebody moves; looks of that day are at other times, so that a day's tie is plain."""
        self.at += timedelta(days=1)
        mover, to = self.chance.choice(self.people), self.chance.choice(self.households)
        if self.home[mover.pk] == to.pk:
            return
        mover = actions.move_person(Person.objects.get(pk=mover.pk), by=COMMAND, at=self.at, household=to)
        self.home[mover.pk] = to.pk

    def somebody_looks(self):
        by = getattr(self.here, self.chance.choice(STAFF))
        at = self.at + timedelta(seconds=self.chance.randrange(6 * 3600))
        why = self.chance.choice(Purpose.values)
        act = self.chance.choice(("view household", "view person", "reveal", "export", "print"))
        of = self.chance.choice(self.people)
        home = self.homes[self.home[of.pk]]
        seat = self.seats[by.pk, home.pk]
        subject = home if act in ("view household", "print") else of
        if act.startswith("view"):
            access.view(subject, by=by, at=at, household=home, reason=why)
        elif act == "reveal":
            access._revealed(of, by=seat, at=at, field="phone", reason=why)
        else:
            verb = "archive.print" if act == "print" else "archive.export_person"
            write(verb, by=seat, at=at, kind=subject._meta.label_lower, pk=subject.pk, purpose=why)
        members = [pk for pk, place in self.home.items() if place == subject.pk]
        self.concerns(members if isinstance(subject, Household) else [subject.pk])

    def concerns(self, people):
        for pk in people:
            self.seen[pk].append(None)

    def live(self):
        self.homes = {row.pk: row for row in self.households}
        self.seats = {
            (by.pk, home.pk): access.seat(by, home, AT)
            for by in (getattr(self.here, name) for name in STAFF)
            for home in self.households
        }
        for number in range(ACCESSES):
            if number % 100 == 0:
                self.a_day_passes()
            self.somebody_looks()


def test_ten_thousand_accesses_are_all_read_by_those_they_concern_and_by_nobody_else(here):
    village = Village(here)

    village.live()

    read = {row.pk: looks.looks(row).count() for row in village.people}
    assert read == {row.pk: len(village.seen[row.pk]) for row in village.people}
    assert sum(read.values()) > ACCESSES
    assert {
        verb for row in village.people for verb in looks.looks(row).values_list("verb", flat=True)
    } == set(access.LOOKS)


def test_look_at_a_household_is_read_by_those_who_lived_there_then(here):
    made, other = family(here), household(here, room="601")
    stays, goes = Person.objects.of(made).order_by("made_at", "id")
    access.view(made, by=here.micro, at=AT, household=made)
    actions.move_person(goes, by=here.micro, at=AT + timedelta(days=1), household=other)
    access.view(made, by=here.micro, at=AT + timedelta(days=2), household=made)
    access.view(other, by=here.worker, at=AT + timedelta(days=3), household=other)

    assert [(line.at - AT).days for line in looks.looks(stays)] == [2, 0]
    assert [(line.at - AT).days for line in looks.looks(goes)] == [3, 0]


def test_look_is_told_by_post_and_reason_never_by_name(here):
    old = person(here, household(here))
    access.reveal(old, by=here.registrar, at=AT, field="phone", reason="request")
    access.view(old, by=here.micro, at=AT + timedelta(hours=1), household=old.household)

    newer, older = looks.look_rows(looks.looks(old))

    assert (newer.who, newer.what, newer.why) == ("单位team · 微网格员", "看了档案", "本片日常联系")
    assert (older.who, older.what, older.why) == (
        "单位street · 档案管理员",
        "看了没有遮住的联系电话",
        "办理本人的申请",
    )
    assert "某" not in "".join(map(str, (*newer, *older)))


def test_search_and_a_refused_look_are_no_look(here):
    old = person(here, household(here), phone="19900000009")
    access.find_by_phone("19900000009", by=here.micro, at=AT)
    with pytest.raises(access.NotAllowed):
        access.view(old, by=here.neighbour_worker, at=AT, household=old.household)

    assert lines_of(old) == []


def test_file_that_was_merged_brings_its_looks(here):
    kept, gone = (person(here, household(here, room=room)) for room in ("501", "502"))
    access.view(gone, by=here.micro, at=AT, household=gone.household)
    before = lines_of(gone)

    Person.objects.filter(pk=gone.pk).update(merged_into=kept)

    assert lines_of(kept) == before != []


def test_months_add_up_to_the_lines_of_a_year(here):
    old = person(here, household(here))
    for days in (0, 1, 40, 200, 500):
        access.view(old, by=here.micro, at=AT - timedelta(days=days), household=old.household)

    months = looks.by_month(old, AT)

    assert [(month.month, count) for month, count in months] == [(3, 2), (1, 1), (8, 1)]
    assert looks.kept_since() <= AT - timedelta(days=500)


@pytest.mark.parametrize("count", [1, 3])
def test_looks_are_told_with_two_statements(here, django_assert_num_queries, count):
    old = person(here, household(here))
    for _ in range(count):
        access.view(old, by=here.micro, at=AT, household=old.household)
    lines = looks.looks(old)

    with django_assert_num_queries(2):
        told = looks.look_rows(lines)

    assert len(told) == count
