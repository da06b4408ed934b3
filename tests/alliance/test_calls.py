"""A volunteer call by its verbs: who makes it, what is refused, who came, thanks, what is forgotten."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, life
from tests.policy.volunteer_calls import (
    as_oneself,
    changed,
    done,
    full,
    opened,
    sign_up,
    ten_o_clock,
    told,
)
from yige.accounts.actors import COMMAND
from yige.alliance import actions, clockwork, seats, telling
from yige.alliance.models import Seat, VolunteerCall
from yige.archive.rights import erasing
from yige.archive.words import DeletionKind
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice

AT = MONDAY_NOON
LATER = AT + timedelta(hours=1)


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


def test_number_is_not_lowered_below_who_comes(here):
    call = opened(here, AT, wanted=3)
    for someone in here.people[:2]:
        sign_up(call, someone, AT)
    seats.leave(call, by=as_oneself(here.people[0]), at=AT, person=here.people[0])
    sign_up(call, here.people[2], AT)
    sign_up(call, here.people[0], AT)

    with pytest.raises(NotSaid, match="已经有 3 位"):
        changed(here, call, LATER, wanted=2)
    seats.leave(call, by=as_oneself(here.people[1]), at=AT, person=here.people[1])
    changed(here, call, LATER, wanted=2)

    assert sorted(call.seats.values_list("place", flat=True)) == [1, 2]


def test_another_time_is_told_to_all_and_reminded_anew(here):
    call = full(here, AT)
    starts = call.starts_at + timedelta(days=1)
    changed(here, call, LATER, starts_at=starts, ends_at=starts + timedelta(hours=1))

    assert ["改了" in told(someone)[-1] for someone in here.people[:3]] == [True] * 3


def test_cancelling_is_told_to_all(here):
    call = full(here, AT)
    actions.cancel_call(call, by=here.grid_head, at=LATER, reason="那天下雨")

    assert ["取消了" in told(someone)[-1] for someone in here.people[:3]] == [True] * 3


def test_reminders_go_once_each(here):
    call = full(here, AT)
    evening = call.starts_at.replace(hour=18) - timedelta(days=1)
    morning = call.starts_at.replace(hour=8)

    counted = [clockwork.mind_calls(at) for at in (evening, evening + timedelta(minutes=5), morning, morning)]

    assert counted == [{"evening": 1}, {}, {"morning": 1}, {}]
    assert [title[:2] for title in told(here.people[0])] == ["明天", "今天"]
    assert not told(here.people[1])  # who waits is not reminded
    assert all(
        8 <= notice.send_after.astimezone(call.starts_at.tzinfo).hour < 21
        for notice in Notice.objects.filter(kind="my_calls")
    )


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
        ({"hour": 20, "hours": 5}, "ends_at"),
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


def test_ten_o_clock_is_ten_in_shanghai():
    assert (ten_o_clock(AT).hour, ten_o_clock(AT).utcoffset()) == (10, timedelta(hours=8))
