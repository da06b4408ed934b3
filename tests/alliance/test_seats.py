"""The seats of a call: places, the waiting list, offers, leaving; every way that a place becomes free."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import MONDAY_NOON
from tests.policy.volunteer_calls import (
    SAID,
    as_oneself,
    changed,
    full,
    opened,
    sign_up,
    state_of,
    told,
)
from yige.accounts.actors import COMMAND
from yige.alliance import actions, clockwork, places, seats
from yige.archive.people import merging
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice

AT = MONDAY_NOON
LATER = AT + timedelta(hours=1)


def states(call, here):
    return [state_of(call, someone) for someone in here.people[:3]]


def test_places_go_by_the_order_of_signing_up(here):
    assert states(full(here, AT), here) == ["signed_up", "waiting", "waiting"]


WAYS = {
    "left": lambda here, call: seats.leave(
        call, by=as_oneself(here.people[0]), at=LATER, person=here.people[0]
    ),
    "removed": lambda here, call: actions.remove_seat(
        call, by=here.grid_head, at=LATER, seat=call.seats.first(), reason="这次要会用电锯"
    ),
    "raised": lambda here, call: changed(here, call, LATER, wanted=2),
    "erased": lambda here, call: (
        erasing.erase([here.people[0]], by=COMMAND, at=LATER, what=DeletionKind.PERSON),
        seats.leave(call, by=as_oneself(here.people[2]), at=LATER, person=here.people[2]),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_a_place_frees_offers_it_to_the_next(here, way):
    call = full(here, AT)

    WAYS[way](here, call)

    assert state_of(call, here.people[1]) == "offered"
    assert state_of(call, here.people[2]) in ("waiting", "")
    assert "有名额了" in told(here.people[1])[-1]


def test_offer_that_nobody_confirms_goes_on_even_when_the_clock_is_late(here):
    call = full(here, AT)
    WAYS["left"](here, call)
    over = LATER + timedelta(hours=25)

    with pytest.raises(Conflict, match="过了时间"):
        seats.confirm_offer(call, by=as_oneself(here.people[1]), at=over, person=here.people[1])
    sign_up(call, here.people[3], over)

    assert states(call, here) == ["", "", "offered"]
    assert state_of(call, here.people[3]) == "waiting"
    assert "给了下一位" in told(here.people[1])[-1]


def test_the_clock_lets_an_offer_lapse(here):
    call = full(here, AT)
    WAYS["left"](here, call)

    assert clockwork.mind_calls(LATER + timedelta(hours=23)) == {}
    assert clockwork.mind_calls(LATER + timedelta(hours=25)) == {"lapsed": 1, "offered": 1}
    assert states(call, here) == ["", "", "offered"]


def test_offer_is_confirmed_or_declined(here):
    call = full(here, AT)
    WAYS["left"](here, call)
    second, third = here.people[1:3]
    seats.decline_offer(call, by=as_oneself(second), at=LATER, person=second)
    seats.confirm_offer(call, by=as_oneself(third), at=LATER, person=third)

    assert states(call, here) == ["", "", "confirmed"]
    assert not LogEntry.objects.filter(verb="alliance.decline_offer", actor_id=second.pk).exists()


def test_who_signs_up_twice_is_told(here):
    call = full(here, AT)

    with pytest.raises(Conflict, match="已经报过名"):
        sign_up(call, here.people[0], LATER)
    assert call.seats.count() == 3


def test_double_tap_is_one_seat_and_after_leaving_none(here):
    call, someone = opened(here, AT), here.people[0]
    for _ in range(2):
        sign_up(call, someone, AT, key="k" * 24)
    assert call.seats.count() == 1

    for _ in range(2):
        seats.leave(call, by=as_oneself(someone), at=AT, person=someone, key="l" * 24)
    sign_up(call, someone, AT, key="k" * 24)  # the old form, sent once more by the browser
    assert call.seats.count() == 0


def test_nobody_signs_up_when_it_has_begun_or_was_cancelled(here):
    call = opened(here, AT)
    with pytest.raises(Conflict, match="已经开始"):
        sign_up(call, here.people[0], call.starts_at)

    actions.cancel_call(call, by=here.grid_head, at=LATER, reason="那天下雨")
    with pytest.raises(Conflict, match="取消了"):
        sign_up(call, here.people[0], LATER)


def test_nobody_signs_up_somebody_else(here):
    call = opened(here, AT)

    with pytest.raises(NotAllowed):
        seats.sign_up(call, by=as_oneself(here.people[1]), at=AT, person=here.people[0])
    with pytest.raises(NotAllowed):
        seats.sign_up(call, by=here.neighbour_worker, at=AT, person=here.people[0])
    seats.sign_up(call, by=here.micro, at=AT, person=here.people[0])
    assert call.seats.get().taken_by == here.micro


def test_two_calls_at_the_same_time(here):
    someone = here.people[0]
    sign_up(opened(here, AT), someone, AT)
    with pytest.raises(NotSaid, match="时间撞了"):
        sign_up(opened(here, AT, hour=9, hours=3), someone, AT)

    short = opened(here, AT, hour=11, hours=2)
    sign_up(short, someone, AT)

    assert [other.title for other in seats.short_overlaps(short, someone, AT)] == [SAID["title"]]


def test_late_leaving_is_told_to_whoever_called_and_earlier_is_not(here):
    call, someone = opened(here, AT), here.people[0]
    late = call.starts_at - timedelta(hours=5)
    for at in (AT, late):
        sign_up(call, someone, at)
        seats.leave(call, by=as_oneself(someone), at=at, person=someone)

    notice = Notice.objects.get(user_id=here.grid_head.pk, kind="volunteers")
    assert (notice.body, notice.created_at) == ("现在没有人来了。", late)
    assert someone.pk.hex not in notice.title + notice.body


def test_the_table_holds_a_place_once(here):
    call = full(here, AT)

    with pytest.raises(IntegrityError, match="place_of_a_call_is_held_once"), transaction.atomic():
        call.seats.filter(turn=2).update(state="signed_up", place=1)


def test_a_child_comes_with_the_guardian(here):
    child = factories.person(
        here, here.people[0].household, "王小宝", birth_year=AT.year - 8, guardian=here.people[0], phone=""
    )
    with pytest.raises(NotAllowed, match="监护人"):
        seats.sign_up(opened(here, AT), by=here.micro, at=AT, person=child)


def test_seats_and_offers_follow_the_file_that_is_kept(here):
    """Two files of one person are made one: what hangs on the other comes along, a second seat on one call goes."""
    kept, gone = here.people[:2]
    both, other = opened(here, AT, wanted=3), opened(here, AT, days=5)
    for someone in (kept, gone):
        sign_up(both, someone, AT)
    sign_up(other, gone, AT)
    merge = merging.ask_merge(kept, by=here.registrar, at=AT, gone=gone)
    merging.grant_merge(merge, by=here.second_registrar, at=AT)
    places.fill_places(places.lock_call(both), at=AT)

    assert [state_of(call, kept) for call in (both, other)] == ["signed_up", "signed_up"]
    assert both.seats.count() == 1
    merging.undo_merge(merge, by=here.registrar, at=AT)
    assert [state_of(other, someone) for someone in (kept, gone)] == ["", "signed_up"]
