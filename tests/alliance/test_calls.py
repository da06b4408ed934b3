"""A volunteer call from asking to thanks, by its verbs: places, waiting, offers, leaving, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.factories import MONDAY_NOON, life
from tests.policy.volunteer_calls import (
    SAID,
    as_oneself,
    done,
    neighbours,
    opened,
    sign_up,
    state_of,
    ten_o_clock,
)
from tests.scenes import scene
from yige.accounts.actors import COMMAND
from yige.alliance import actions, clockwork, seats, telling
from yige.alliance.models import Seat, VolunteerCall
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.audit.models import LogEntry
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice

AT = MONDAY_NOON
LATER = AT + timedelta(hours=1)


@scene
def here():
    town = factories.town()
    town.people = neighbours(town, 4)
    return town


def told(someone):
    rows = Notice.objects.filter(subject_kind="my_calls", subject_id=someone.pk).order_by("id")
    return list(rows.values_list("title", flat=True))


def full(here, at=AT, **said):
    """A call for one, with one who comes and two who wait."""
    call = opened(here, at, wanted=1, **said)
    for someone in here.people[:3]:
        sign_up(call, someone, at)
    return call


def states(call, here):
    return [state_of(call, someone) for someone in here.people[:3]]


@pytest.mark.parametrize(
    ("name", "may"),
    [("street_head", True), ("community_head", True), ("grid_head", True), ("desk", False), ("worker", False), ("micro", False),
     ("member", False), ("neighbour_head", False), ("department", False), ("idle", False)],
)  # fmt: skip
def test_who_calls_neighbours(here, name, may):
    if may:
        assert opened(here, AT, by=getattr(here, name)).state == "open"
        return
    with pytest.raises(NotAllowed):
        opened(here, AT, by=getattr(here, name))


def test_places_go_by_the_order_of_signing_up(here):
    assert states(full(here), here) == ["signed_up", "waiting", "waiting"]


WAYS = {
    "left": lambda here, call: seats.leave(
        call, by=as_oneself(here.people[0]), at=LATER, person=here.people[0]
    ),
    "removed": lambda here, call: actions.remove_seat(
        call, by=here.grid_head, at=LATER, seat=call.seats.first(), reason="这次要会用电锯"
    ),
    "raised": lambda here, call: changed(here, call, wanted=2),
    "erased": lambda here, call: (
        erasing.erase([here.people[0]], by=COMMAND, at=LATER, what=DeletionKind.PERSON),
        seats.leave(call, by=as_oneself(here.people[2]), at=LATER, person=here.people[2]),
    ),
}


def changed(here, call, at=LATER, **said):
    call = VolunteerCall.objects.get(pk=call.pk)
    names = ("words", "place", "starts_at", "ends_at", "wanted")
    known = {name: getattr(call, name) for name in names}
    return actions.change_call(call, by=here.grid_head, at=at, **known | said)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_a_place_frees_offers_it_to_the_next(here, way):
    call = full(here)

    WAYS[way](here, call)

    assert state_of(call, here.people[1]) == "offered"
    assert state_of(call, here.people[2]) in ("waiting", "")
    assert "有名额了" in told(here.people[1])[-1]


def test_offer_that_nobody_confirms_goes_on_even_when_the_clock_is_late(here):
    call = full(here)
    WAYS["left"](here, call)
    over = LATER + timedelta(hours=25)

    with pytest.raises(Conflict, match="过了时间"):
        seats.confirm_offer(call, by=as_oneself(here.people[1]), at=over, person=here.people[1])
    sign_up(call, here.people[3], over)

    assert states(call, here) == ["", "", "offered"]
    assert state_of(call, here.people[3]) == "waiting"
    assert "给了下一位" in told(here.people[1])[-1]


def test_the_clock_lets_an_offer_lapse(here):
    call = full(here)
    WAYS["left"](here, call)

    assert clockwork.wake(LATER + timedelta(hours=23)) == {}
    assert clockwork.wake(LATER + timedelta(hours=25)) == {"lapsed": 1, "offered": 1}
    assert states(call, here) == ["", "", "offered"]


def test_offer_is_confirmed_or_declined(here):
    call = full(here)
    WAYS["left"](here, call)
    second, third = here.people[1:3]
    seats.decline_offer(call, by=as_oneself(second), at=LATER, person=second)
    seats.confirm_offer(call, by=as_oneself(third), at=LATER, person=third)

    assert states(call, here) == ["", "", "confirmed"]
    assert not LogEntry.objects.filter(verb="alliance.decline_offer", actor_id=second.pk).exists()


def test_who_signs_up_twice_is_told(here):
    call = full(here)

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


def test_number_is_not_lowered_below_who_comes(here):
    call = opened(here, AT, wanted=3)
    for someone in here.people[:2]:
        sign_up(call, someone, AT)
    seats.leave(call, by=as_oneself(here.people[0]), at=AT, person=here.people[0])
    sign_up(call, here.people[2], AT)
    sign_up(call, here.people[0], AT)

    with pytest.raises(NotSaid, match="已经有 3 位"):
        changed(here, call, wanted=2)
    seats.leave(call, by=as_oneself(here.people[1]), at=AT, person=here.people[1])
    changed(here, call, wanted=2)

    assert sorted(call.seats.values_list("place", flat=True)) == [1, 2]


def test_another_time_is_told_to_all_and_reminded_anew(here):
    call = full(here)
    starts = call.starts_at + timedelta(days=1)
    changed(here, call, starts_at=starts, ends_at=starts + timedelta(hours=1))

    assert ["改了" in told(someone)[-1] for someone in here.people[:3]] == [True] * 3


def test_late_leaving_is_told_to_whoever_called_and_earlier_is_not(here):
    call, someone = opened(here, AT), here.people[0]
    late = call.starts_at - timedelta(hours=5)
    for at in (AT, late):
        sign_up(call, someone, at)
        seats.leave(call, by=as_oneself(someone), at=at, person=someone)

    notice = Notice.objects.get(user_id=here.grid_head.pk, kind="volunteers")
    assert (notice.body, notice.created_at) == ("现在没有人来了。", late)
    assert someone.pk.hex not in notice.title + notice.body


def test_cancelling_is_told_to_all(here):
    call = full(here)
    actions.cancel_call(call, by=here.grid_head, at=LATER, reason="那天下雨")

    assert ["取消了" in told(someone)[-1] for someone in here.people[:3]] == [True] * 3


def test_reminders_go_once_each(here):
    call = full(here)
    evening = call.starts_at.replace(hour=18) - timedelta(days=1)
    morning = call.starts_at.replace(hour=8)

    counted = [clockwork.wake(at) for at in (evening, evening + timedelta(minutes=5), morning, morning)]

    assert counted == [{"evening": 1}, {}, {"morning": 1}, {}]
    assert [title[:2] for title in told(here.people[0])] == ["明天", "今天"]
    assert not told(here.people[1])  # who waits is not reminded
    assert all(8 <= notice.send_after.astimezone(call.starts_at.tzinfo).hour < 21 for notice in Notice.objects.filter(kind="my_calls"))


def test_who_came_is_written_down_corrected_and_thanked(here):
    call = opened(here, AT)
    for someone in here.people[:2]:
        sign_up(call, someone, AT)
    first, second = call.seats.all()
    with pytest.raises(Conflict, match="开始以后"):
        actions.finish_call(call, by=here.grid_head, at=AT, came=[first])
    actions.finish_call(call, by=here.grid_head, at=call.ends_at, came=[first, second])
    actions.finish_call(call, by=here.community_head, at=call.ends_at, came=[second])
    actions.thank(call, by=here.grid_head, at=call.ends_at, thanks="楼道干净了，谢谢大家。")

    assert list(call.seats.values_list("came", flat=True)) == [False, True]
    assert ["谢谢" in "".join(told(someone)) for someone in here.people[:2]] == [False, True]
    with pytest.raises(Conflict, match="已经谢过"):
        actions.thank(call, by=here.grid_head, at=call.ends_at, thanks="再谢一次")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"days": 0, "hour": 9}, "starts_at"),
        ({"days": 91}, "starts_at"),
        ({"days": 2, "hour": 22}, "starts_at"),
        ({"hours": 0}, "ends_at"),
        ({"wanted": 0}, "wanted"),
        ({"wanted": 201}, "wanted"),
        ({"words": "来的打 13812345678 找我"}, "words"),
        ({"title": "帮王大爷搬家"}, "title"),
        ({"place": "3号楼2单元501"}, "place"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_called_for_is_said_at_its_field(here, said, field):
    with pytest.raises(NotSaid) as refused:
        opened(here, AT, **said)

    assert field in refused.value.fields
    assert not VolunteerCall.objects.exists()


def test_call_for_a_case_says_nothing_of_the_reporter(here):
    case = life(here, "handling", words="楼道里堆满了旧沙发和纸箱子走不过去")
    with pytest.raises(NotSaid, match="和反映人"):
        opened(here, AT, case=case, words="楼道里堆满了旧沙发和纸箱子，来搬一搬。")

    assert opened(here, AT, case=case).case == case


def test_what_goes_a_month_after_and_what_stays(here):
    first, second = here.people[:2]
    call = done(here, AT, [first, second])
    Seat.objects.filter(person=second).update(came=False)
    assert clockwork.forget_seats(call.ends_at + timedelta(days=29)) == {"seats": 0}

    clockwork.forget_seats(call.ends_at + timedelta(days=31))
    assert [seat.person for seat in call.seats.all()] == [first]

    erasing.erase([first], by=COMMAND, at=LATER, what=DeletionKind.PERSON)
    clockwork.forget_seats(call.ends_at + timedelta(days=31))
    assert not call.seats.exists()


def test_the_number_of_the_phone_is_asked_for_only_when_it_is_sent(here):
    assert telling.phone_to_tell(here.people[0].pk) == "19900010000"
    erasing.erase([here.people[0]], by=COMMAND, at=LATER, what=DeletionKind.PERSON)
    assert telling.phone_to_tell(here.people[0].pk) == ""


def test_the_table_holds_a_place_once(here):
    call = full(here)

    with pytest.raises(IntegrityError, match="place_of_a_call_is_held_once"), transaction.atomic():
        call.seats.filter(turn=2).update(state="signed_up", place=1)


def test_a_child_comes_with_the_guardian(here):
    child = factories.person(
        here, here.people[0].household, "王小宝", birth_year=AT.year - 8, guardian=here.people[0], phone=""
    )
    with pytest.raises(NotAllowed, match="监护人"):
        seats.sign_up(opened(here, AT), by=here.micro, at=AT, person=child)


def test_ten_o_clock_is_ten_in_shanghai():
    assert (ten_o_clock(AT).hour, ten_o_clock(AT).utcoffset()) == (10, timedelta(hours=8))
