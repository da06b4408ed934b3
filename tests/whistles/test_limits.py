"""The clocks of a call, by trigger, over nights, weekends and holidays; vectors counted by hand on a calendar."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from yige.cases.words import Urgency
from yige.cases.work_calendar import WorkCalendar
from yige.lib.local_time import SHANGHAI, end_of_day
from yige.whistles import limits
from yige.whistles.words import CallState, Trigger

# The week of the National Day of 2026: 1–7 October off, Saturday 10 October worked.
DAYS = WorkCalendar(
    off=frozenset(date(2026, 10, day) for day in range(1, 8)), make_up=frozenset({date(2026, 10, 10)})
)


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def call(called, **moments):
    names = ("signed_at", "contacted_at", "arrived_at", "delivered_at", "until")
    return SimpleNamespace(
        state=CallState.CALLED,
        called_at=called,
        turn_at=called,
        **{name: moments.get(name) for name in names},
    )


def due_of(name, trigger, called, meet_at=None, amounts=None, **moments):
    amounts = limits.frozen(trigger) if amounts is None else amounts
    found = limits.dues(call(called, **moments), trigger, amounts, meet_at, DAYS)
    return next((due for due in found if due.limit.name == name), None)


# fmt: off
VECTORS = [
    # trigger      called               mark       due
    ("emergency", "2026-03-02T12:00", "answer",  "2026-03-02T12:10"),
    ("emergency", "2026-03-02T12:00", "arrive",  "2026-03-02T12:30"),
    ("emergency", "2026-12-31T23:55", "arrive",  "2027-01-01T00:25"),   # through the night and the year
    ("emergency", "2026-10-03T02:00", "arrive",  "2026-10-03T02:30"),   # a holiday
    ("need",      "2026-03-02T12:00", "sign",    "2026-03-02T13:00"),
    ("need",      "2026-03-06T23:30", "sign",    "2026-03-07T00:30"),   # Friday night
    ("need",      "2026-03-02T12:00", "contact", "2026-03-03T12:00"),
    ("joint",     "2026-03-07T09:00", "contact", "2026-03-08T09:00"),   # Saturday: hours run
]
WORKDAY_VECTORS = [
    ("need",  "2026-03-02T12:00", date(2026, 3, 5)),    # Monday → Thursday
    ("joint", "2026-03-05T12:00", date(2026, 3, 10)),   # Thursday → Tuesday
    ("need",  "2026-03-07T09:00", date(2026, 3, 12)),   # Saturday counts from Monday
    ("need",  "2026-09-30T12:00", date(2026, 10, 10)),  # Wednesday before the holiday: 8, 9, and the worked Saturday 10
    ("joint", "2026-10-03T12:00", date(2026, 10, 12)),  # in the holiday: from Thursday 8: 9, 10, Monday 12
]
# fmt: on


@pytest.mark.parametrize(("trigger", "called", "mark", "due"), VECTORS)
def test_minutes_run_through_nights_and_holidays(trigger, called, mark, due):
    assert due_of(mark, trigger, moment(called)).at == moment(due)


@pytest.mark.parametrize(("trigger", "called", "day"), WORKDAY_VECTORS)
def test_reporting_in_counts_working_days(trigger, called, day):
    assert due_of("arrive", trigger, moment(called)).at == end_of_day(day)


def test_where_the_street_set_a_time_reporting_in_is_due_then():
    meet = moment("2026-03-04T14:30")

    assert due_of("arrive", "need", moment("2026-03-02T12:00"), meet_at=meet).at == meet
    assert due_of("arrive", "emergency", moment("2026-03-02T12:00"), meet_at=meet).at == moment(
        "2026-03-02T12:30"
    )


def test_each_trigger_has_its_own_marks():
    names = {trigger: [limit.name for limit in limits.limits_of(trigger)] for trigger in Trigger}

    assert names == {
        "need": ["sign", "contact", "arrive", "promise"],
        "joint": ["sign", "contact", "arrive", "promise"],
        "emergency": ["answer", "arrive", "promise"],
    }


def test_what_is_frozen_is_what_counts_and_nothing_else_can_be_set():
    amounts = limits.frozen("emergency", {"arrive": 45, "contact": 1, "promise": 9})

    assert amounts == {"answer": 10, "arrive": 45}
    assert due_of("arrive", "emergency", moment("2026-03-02T12:00"), amounts=amounts).at == moment(
        "2026-03-02T12:45"
    )


@pytest.mark.parametrize(
    ("said", "met"),
    [
        ("signed_at", {"answer", "sign"}),
        ("contacted_at", {"answer", "sign", "contact"}),
        ("arrived_at", {"answer", "sign", "contact", "arrive"}),
        ("delivered_at", {"answer", "sign", "contact", "arrive", "promise"}),
    ],
)
def test_what_comes_later_meets_what_was_due_before(said, met):
    at = moment("2026-03-02T12:05")
    for trigger in Trigger:
        one = call(moment("2026-03-02T12:00"), **{said: at, "until": moment("2026-03-09T12:00")})
        dues = limits.dues(one, trigger, {}, None, DAYS)
        assert {due.limit.name for due in dues if due.met_at} == met & {due.limit.name for due in dues}


def test_a_mark_met_after_its_moment_is_missed_and_one_met_in_time_is_not():
    called = moment("2026-03-02T12:00")
    late = due_of("sign", "need", called, signed_at=moment("2026-03-02T13:01"))
    early = due_of("sign", "need", called, signed_at=moment("2026-03-02T12:59"))
    now = moment("2026-03-03T08:00")

    assert (late.missed(now), early.missed(now), late.waits(now)) == (True, False, False)


def test_of_a_call_that_ended_nothing_is_due():
    one = call(moment("2026-03-02T12:00"))
    one.state = CallState.RELEASED

    assert limits.next_due(one, "need", {}, None, DAYS) is None


@pytest.mark.parametrize(
    ("trigger", "since", "by"),
    [
        ("emergency", "2026-10-03T02:00", moment("2026-10-03T02:10")),
        ("need", "2026-09-30T16:00", end_of_day(date(2026, 10, 8))),
        ("joint", "2026-03-02T12:00", end_of_day(date(2026, 3, 3))),
    ],
)
def test_a_dispute_is_decided_in_ten_minutes_or_one_working_day(trigger, since, by):
    assert limits.decide_until(trigger, moment(since), DAYS) == by


def test_what_is_said_of_a_unit_is_final_with_its_answer_or_five_working_days_later():
    said = moment("2026-09-30T16:00")

    assert limits.final_at(said, moment("2026-10-01T09:00"), DAYS) == moment("2026-10-01T09:00")
    assert limits.final_at(said, None, DAYS) == end_of_day(date(2026, 10, 13))  # 8, 9, 10, 12, 13


# what a category may set for itself: never longer than the case's own mark, never later than what follows
# fmt: off
MOST = [
    # trigger      mark       urgency        most
    ("emergency", "answer",  "normal",      120),   # the two hours of an emergency, whatever the category says
    ("emergency", "arrive",  "emergency",    120),
    ("need",      "sign",    "emergency",    120),
    ("need",      "sign",    "urgent",      1440),
    ("joint",     "sign",    "normal",     4320),   # the three days
    ("need",      "contact", "emergency",   1440),   # the ordinary limit is longer than two hours: never refused
    ("joint",     "contact", "normal",     4320),
    ("need",      "arrive",  "emergency",      5),   # seven days have five working days
    ("joint",     "arrive",  "normal",        5),
]
# fmt: on


@pytest.mark.parametrize(("trigger", "mark", "urgency", "most"), MOST)
def test_no_limit_is_longer_than_the_mark_of_the_case(trigger, mark, urgency, most):
    limit = next(limit for limit in limits.settable(Trigger(trigger)) if limit.name == mark)

    assert limits.most(limit, Urgency(urgency)) == most


@pytest.mark.parametrize("trigger", Trigger)
@pytest.mark.parametrize("urgency", Urgency)
def test_the_ordinary_limits_are_in_order_and_can_always_be_shortened(trigger, urgency):
    assert limits.out_of_step(trigger, limits.frozen(trigger)) is None
    assert all(limits.most(limit, urgency) >= limit.amount for limit in limits.settable(trigger))


def test_what_is_due_later_is_never_first():
    first, then = limits.out_of_step(Trigger.EMERGENCY, {"answer": 40, "arrive": 30})

    assert (first.name, then.name) == ("answer", "arrive")
    assert limits.out_of_step(Trigger.NEED, {"sign": 60, "contact": 60, "arrive": 1}) is None
