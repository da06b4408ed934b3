"""Two visits to one household at once: a matter is ended once, a double tap is one visit, the last seat goes once."""

import pytest

from tests.factories import MONDAY_NOON, family
from tests.races.conftest import ACTORS, all_at_once, fresh, tally
from yige.archive.models import Household
from yige.contact import queries
from yige.contact.models import Answer, Appointment, Need, Visit
from yige.steps import visiting
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

pytestmark = pytest.mark.django_db(transaction=True)


def owed(here, made, at):
    """Raise something on one visit; return what is owed at the next."""
    noise = {"kind": "opinion", "words": "楼下太吵"}
    visiting.finish_visit(made, by=fresh(here.micro), at=at, mode="home", needs=[noise])
    return queries.answers_owed(Household.objects.get(pk=made.pk), at)[-1]


def visits(here, made, answers, at, key=None):
    """Eight visits by three people, each with the same answer, at the same moment."""
    people = (here.micro, here.worker, here.grid_head)
    return [
        lambda by=people[place % 3]: visiting.finish_visit(
            made, by=fresh(by if key is None else here.micro), at=at, mode="home", answers=answers, key=key
        )
        for place in range(ACTORS)
    ]


def test_matter_is_ended_by_one_of_many_visits(here):
    made = family(here)
    thing = owed(here, made, MONDAY_NOON)

    results = all_at_once(visits(here, made, [{"field": thing.field, "kind": "done"}], MONDAY_NOON))

    assert tally(results) == {"won": 1, 409: ACTORS - 1}
    assert (Answer.objects.count(), Visit.objects.count()) == (1, 2)
    assert Need.objects.get().closed_at == MONDAY_NOON


def test_matter_that_goes_on_is_answered_once_on_each_visit(here):
    made = family(here)
    thing = owed(here, made, MONDAY_NOON)
    said = [{"field": thing.field, "kind": "in_progress", "words": "在商量"}]

    results = all_at_once(visits(here, made, said, MONDAY_NOON))

    assert tally(results) == {"won": ACTORS}
    assert sorted(Answer.objects.values_list("visit", flat=True)) == sorted(
        Visit.objects.filter(needs=None).values_list("pk", flat=True)
    )


def test_double_tap_is_one_visit_with_one_answer(here):
    made = family(here)
    thing = owed(here, made, MONDAY_NOON)

    results = all_at_once(
        visits(here, made, [{"field": thing.field, "kind": "done"}], MONDAY_NOON, key="k" * 24)
    )

    assert {result.pk for result in results} == {Visit.objects.first().pk}
    assert (Answer.objects.count(), Visit.objects.count()) == (1, 2)


def test_last_seat_goes_to_one_household(here):
    homes = [family(here, room=f"50{place}") for place in range(ACTORS)]
    slot = appointments.offer_slot(
        here.micro_grid, by=here.micro, at=MONDAY_NOON, kind="visit", place="上门",
        starts_at=MONDAY_NOON.replace(day=3),
    )  # fmt: skip

    results = all_at_once(
        [
            lambda made=made: appointments.book_slot(
                slot, by=fresh(here.micro), at=MONDAY_NOON, household=made
            )
            for made in homes
        ]
    )

    assert tally(results) == {"won": 1, 409: ACTORS - 1}
    assert Appointment.objects.count() == 1


def test_promise_is_kept_once(here):
    made = family(here)
    word = s1.promise(
        made, by=here.micro, at=MONDAY_NOON, words="修门", due_on=MONDAY_NOON.date().replace(day=9)
    )

    results = all_at_once([lambda: s1.keep_promise(word, by=fresh(here.micro), at=MONDAY_NOON)] * ACTORS)

    assert tally(results) == {"won": 1, 409: ACTORS - 1}
