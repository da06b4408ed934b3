"""Many phones at once on one call: the last place goes once, leaving meets moving up, a burst gives exactly the wanted."""

import pytest
from django.db.models.query import QuerySet

from tests.factories import MONDAY_NOON as AT
from tests.policy.volunteer_calls import as_oneself, neighbours, opened
from tests.races.conftest import ACTORS, all_at_once, tally
from yige.alliance import seats
from yige.alliance.models import Seat
from yige.alliance.words import SeatState
from yige.archive.models import Person

ROUNDS = 100
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(here):
    return neighbours(here, ACTORS)


def signs(call, someone):
    return lambda: seats.sign_up(call, by=as_oneself(someone), at=AT, person=someone)


def leaves(call, someone):
    return lambda: seats.leave(call, by=as_oneself(someone), at=AT, person=someone)


def held(call):
    return call.seats.holding().count()


def test_last_place_goes_once_and_the_others_wait(here, people):
    call = opened(here, AT, wanted=1)
    for _ in range(ROUNDS):
        results = all_at_once([signs(call, someone) for someone in people[:4]])

        assert tally(results) == {"won": 4}
        assert list(call.seats.values_list("state", "turn")) == [
            ("signed_up", 1),
            *(("waiting", turn) for turn in (2, 3, 4)),
        ]
        call.seats.all().delete()


def test_leaving_meets_moving_up_and_a_newcomer(here, people):
    """Whoever comes anew never gets the place that somebody waits for."""
    call = opened(here, AT, wanted=1)
    first, waits, anew = people[:3]
    for _ in range(ROUNDS):
        signs(call, first)(), signs(call, waits)()
        results = all_at_once([leaves(call, first), signs(call, anew)])

        assert tally(results) == {"won": 2}
        assert dict(call.seats.values_list("person", "state")) == {waits.pk: "offered", anew.pk: "waiting"}
        call.seats.all().delete()


def test_one_person_on_two_calls_of_the_same_hour(here, people):
    calls = [opened(here, AT), opened(here, AT, title="浇花")]
    for _ in range(ROUNDS // 2):
        results = all_at_once([signs(call, people[0]) for call in calls])

        assert tally(results) == {"won": 1, 422: 1}
        Seat.objects.all().delete()


def test_without_the_lock_they_run_into_each_other(here, people, monkeypatch):
    """The negative control: nobody waits, so the constraints of the database are all that is left."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    call, unkind = opened(here, AT, wanted=1), 0
    for _ in range(ROUNDS // 4):
        unkind += tally(all_at_once([signs(call, someone) for someone in people[:4]])) != {"won": 4}
        assert held(call) <= 1
        call.seats.all().delete()

    assert unkind, "several counted before any wrote"


def test_five_hundred_for_five_places_gives_five_and_a_list_in_order(here, people):
    call = opened(here, AT, wanted=5)
    home = people[0].household
    crowd = Person.objects.bulk_create(
        [Person(household=home, grid_path=home.grid_path, made_at=AT, birth_year=1980) for _ in range(500)]
    )
    for start in range(0, 500, ACTORS):
        results = all_at_once([signs(call, someone) for someone in crowd[start : start + ACTORS]])
        assert tally(results) == {"won": len(results)}

    rows = list(call.seats.values_list("state", "turn", "place"))
    assert rows[:5] == [(SeatState.SIGNED_UP, turn, turn) for turn in range(1, 6)]
    assert rows[5:] == [(SeatState.WAITING, turn, None) for turn in range(6, 501)]
