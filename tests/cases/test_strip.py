"""The face of the product: five marks, each met, waiting, late, extended, parked or stopped; one answer on one clock."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cases.blank import START, case, here
from yige.cases import deadlines
from yige.cases.words import OPEN, Nature, State, Urgency


def strip_of(subject, now):
    return [(mark.label, mark.state) for mark in deadlines.strip_marks(subject, here(now))]


@pytest.mark.parametrize(
    ("facts", "now", "states"),
    [
        ({}, "2026-03-02T12:00", "waiting waiting waiting waiting waiting"),
        ({}, "2026-03-03T00:00", "late waiting waiting waiting waiting"),
        ({}, "2026-04-03T00:00", "late late late late waiting"),
        (
            {"accepted_at": START, "contacted_at": START},
            "2026-03-02T12:00",
            "met waiting waiting waiting waiting",
        ),
        (
            {"accepted_at": START, "contacted_at": START, "progress_at": START},
            "2026-03-10T00:00",
            "met met late waiting waiting",
        ),
        ({"handled_at": START}, "2026-03-10T00:00", "met met met met waiting"),
        (
            {"handled_at": START, "closed_at": START, "cleared_at": START, "state": "cleared"},
            "2026-03-10T00:00",
            "met met met met met",
        ),
        (
            {"planned_at": START, "extended_until": here("2026-03-20T23:59:59.999999")},
            "2026-03-10T00:00",
            "late late extended waiting waiting",
        ),
        (
            {"planned_at": START, "parked_at": START, "parked_until": here("2026-03-20T23:59:59.999999")},
            "2026-03-21T00:00",
            "late late late late waiting",
        ),
        (
            {"planned_at": START, "extended_until": here("2026-03-20T23:59:59")},
            "2026-03-21T00:00",
            "late late late waiting waiting",
        ),
        (
            {"planned_at": START, "parked_at": START, "parked_until": here("2026-03-20T23:59:59")},
            "2026-03-20T00:00",
            "late late parked parked waiting",
        ),
        ({"state": "rejected"}, "2026-04-10T00:00", "stopped stopped stopped stopped stopped"),
        ({"state": "merged"}, "2026-04-10T00:00", "stopped stopped stopped stopped stopped"),
        ({"state": "withdrawn"}, "2026-04-10T00:00", "stopped stopped stopped stopped stopped"),
        (
            {"state": "merged", "ended_at": here("2026-03-04T10:00"), "accepted_at": START},
            "2026-04-10T00:00",
            "late stopped stopped stopped stopped",
        ),
        (
            {"state": "withdrawn", "ended_at": START, "accepted_at": START, "contacted_at": START},
            "2026-04-10T00:00",
            "met stopped stopped stopped stopped",
        ),
    ],
)
def test_strip_shows_how_each_of_five_marks_stands(facts, now, states):
    found = strip_of(case(reported_at=START, **facts), now)

    assert [label for label, _ in found] == ["当天", "3天", "7天", "1个月", "清零"]
    assert " ".join(state for _, state in found) == states


def test_strip_says_whether_a_met_mark_was_kept_in_time():
    subject = case(
        reported_at=START, progress_at=here("2026-03-06T10:00"), handled_at=here("2026-03-06T10:00")
    )

    kept = {mark.name: mark.kept for mark in deadlines.strip_marks(subject, here("2026-03-06T12:00"))}

    assert kept == {"day1": False, "day3": False, "day7": True, "month1": True, "clear": None}


@pytest.mark.parametrize(
    ("facts", "done", "shown"),
    [
        # an extension that came in time keeps the seven days until its own day, and no other mark
        ({"planned_at": "03-08T10:00", "extended_until": "03-20T23:59"}, "03-15T10:00", ("met", True, "extended")),
        ({"planned_at": "03-08T10:00", "extended_until": "03-20T23:59"}, "03-08T11:00", ("met", True, "")),
        ({"planned_at": "03-08T10:00", "extended_until": "03-20T23:59"}, "03-21T10:00", ("met", False, "")),
        # a parking that came too late keeps nothing: the miss stays to be read
        ({"planned_at": "03-12T10:00", "parked_at": "03-12T10:00", "parked_until": "04-10T23:59"}, None, ("parked", False, "parked")),
        ({"planned_at": "03-12T10:00", "parked_at": "03-12T10:00", "parked_until": "04-10T23:59"}, "03-15T10:00", ("met", False, "")),
        ({"planned_at": "03-08T10:00", "parked_at": "03-08T10:00", "parked_until": "04-10T23:59"}, None, ("parked", True, "parked")),
        ({"planned_at": "03-08T10:00", "parked_at": "03-08T10:00", "parked_until": "04-10T23:59"}, "04-01T10:00", ("met", True, "parked")),
    ],
)  # fmt: skip
def test_seven_days_under_a_plan_say_what_was_kept(facts, done, shown):
    moments = {name: here(f"2026-{text}") for name, text in facts.items()}
    subject = case(reported_at=START, handled_at=here(f"2026-{done}") if done else None, **moments)

    seven = deadlines.strip_marks(subject, here("2026-03-22T00:00"))[2]

    assert (seven.state, seven.kept, seven.plan) == shown


MOMENT = st.integers(0, 60 * 24).map(lambda hours: START + timedelta(hours=hours))
MAYBE = st.none() | MOMENT
CLOCKS = (deadlines.REPORTERS_CLOCK, deadlines.Clock(cut_off_hour=17))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(Urgency.values), st.sampled_from(Nature.values), st.sampled_from(list(State)), MOMENT, st.sampled_from(CLOCKS), st.lists(MAYBE, min_size=10, max_size=10))  # fmt: skip
def test_every_reader_of_one_clock_is_told_the_same_next_mark(urgency, nature, state, now, clock, moments):
    """The line of a list, the cards and the stored mark come from one answer; a strip that stopped runs nowhere."""
    names = (
        "accepted_at",
        "contacted_at",
        "progress_at",
        "planned_at",
        "handled_at",
        "closed_at",
        "cleared_at",
        "ended_at",
    )
    facts = dict(zip(names, moments, strict=False))
    facts |= (
        {"parked_at": facts["planned_at"], "parked_until": moments[8]}
        if moments[9]
        else {"extended_until": moments[8]}
    )
    subject = case(reported_at=START, urgency=urgency, nature=nature, state=state, **facts)

    outlook = deadlines.outlook(subject, now, clock)
    mark, moment = deadlines.next_mark(subject, clock)

    if outlook.stopped:
        assert (outlook.matters, outlook.missed) == (None, ())
        assert "waiting" not in [each.state for each in outlook.marks]
    else:
        assert (outlook.matters and outlook.matters.name) == (mark and mark.name)
        assert bool(outlook.missed) == (moment is not None and moment < now)
        given_cards = [each.name for each in outlook.missed if deadlines.MARK_BY_NAME[each.name].card]
        assert given_cards == [each.name for each in deadlines.missed_marks(subject, clock, now)]
        if outlook.missed and state in OPEN:
            assert "late" in [each.state for each in (*outlook.missed, *outlook.marks)]
