"""13710 on the pure table: the vectors of the domain reference, the edges, parking, reopening."""

import calendar
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases.blank import START, TZ, case, here
from yige.cases import deadlines
from yige.cases.deadlines import MARK_BY_NAME, Clock
from yige.cases.words import OPEN, Urgency
from yige.cases.work_calendar import WorkCalendar

CALENDAR = Clock(WorkCalendar(), 17)
WORKING = Clock(WorkCalendar(), 17, frozenset({"day1", "day3", "day7"}))


def due(name, subject, clock=CALENDAR):
    return deadlines.due(MARK_BY_NAME[name], subject, clock)


def due_days(subject, clock):
    return [
        f"{due(name, subject, clock).astimezone(TZ):%m-%d %H:%M:%S.%f}"
        for name in ("day1", "day3", "day7", "month1")
    ]


def ends_of(*days):
    return [f"{day} 23:59:59.999999" for day in days]


@pytest.mark.parametrize(
    ("reported", "clock", "expected"),
    [
        ("2026-01-30T10:00", CALENDAR, ("01-30", "02-02", "02-06", "02-28")),
        ("2026-01-30T10:00", WORKING, ("01-30", "02-04", "02-10", "02-28")),
        ("2026-01-30T18:30", CALENDAR, ("01-31", "02-03", "02-07", "02-28")),
        ("2026-01-30T18:30", WORKING, ("02-02", "02-05", "02-11", "02-28")),
        ("2026-11-30T09:00", CALENDAR, ("11-30", "12-03", "12-07", "12-30")),
        # the reporter's own clock knows no cut-off
        ("2026-01-30T18:30", deadlines.REPORTERS_CLOCK, ("01-30", "02-02", "02-06", "02-28")),
    ],
)
def test_marks_of_the_domain_reference(reported, clock, expected):
    assert due_days(case(reported_at=here(reported)), clock) == ends_of(*expected)


def reference(t0, working):
    """The algorithm of the domain reference §10, typed from there."""
    t = t0.astimezone(TZ)
    d0 = t.date() + timedelta(days=t.time() > time(17))

    def workday(day):
        return day.weekday() < 5

    def nth(n):
        if not working:
            return d0 if n == 1 else d0 + timedelta(days=n)
        day = d0
        while not workday(day):
            day += timedelta(days=1)
        if n == 1:
            return day
        count = 0
        while count < n:
            day += timedelta(days=1)
            count += workday(day)
        return day

    year, month = d0.year + d0.month // 12, d0.month % 12 + 1
    on = date(year, month, min(d0.day, calendar.monthrange(year, month)[1]))
    return [datetime.combine(day, time.max, TZ) for day in (nth(1), nth(3), nth(7), on)]


@given(
    st.integers(0, 16 * 366 * 86_400).map(
        lambda seconds: here("2020-01-01T00:00") + timedelta(seconds=seconds)
    ),
    st.sampled_from([CALENDAR, WORKING]),
)
def test_marks_agree_with_the_reference_at_any_moment(moment, clock):
    subject = case(reported_at=moment)

    found = [due(name, subject, clock) for name in ("day1", "day3", "day7", "month1")]

    assert found == reference(moment, clock is WORKING)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-03-02T16:59:59", "03-02"),
        ("2026-03-02T17:00:00", "03-02"),
        ("2026-03-02T17:00:00.000001", "03-03"),
        ("2026-03-02T17:00:01", "03-03"),
        ("2026-03-02T23:59:59", "03-03"),
        ("2026-03-02T00:00:00", "03-02"),
    ],
)
def test_duty_begins_the_next_day_after_the_cut_off_to_the_second(at, expected):
    assert due("day1", case(reported_at=here(at))) == here(f"2026-{expected}T23:59:59.999999")


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-03-31", "2026-04-30"),
        ("2026-12-31", "2027-01-31"),
        ("2026-12-15", "2027-01-15"),
        ("2026-02-28", "2026-03-28"),
    ],
)
def test_month_ends_on_the_last_day_when_there_is_no_such_day(reported, expected):
    subject = case(reported_at=here(f"{reported}T09:00"))

    assert due("month1", subject) == here(f"{expected}T23:59:59.999999")


def test_working_days_are_a_switch_for_each_mark():
    friday = case(reported_at=here("2026-01-30T10:00"))
    only_three = Clock(WorkCalendar(), 17, frozenset({"day3"}))

    assert due_days(friday, only_three) == ends_of("01-30", "02-04", "02-06", "02-28")


@pytest.mark.parametrize(
    ("urgency", "first", "after"),
    [
        ("emergency", "hour2", timedelta(hours=2)),
        ("urgent", "hour24", timedelta(hours=14)),  # the day itself ends before its 24 hours do
        ("normal", "day1", timedelta(hours=14)),
        ("hard", "day1", timedelta(hours=14)),
    ],
)
def test_first_mark_by_urgency(urgency, first, after):
    start = here("2026-03-02T10:00")
    mark, moment = deadlines.next_mark(case(reported_at=start, urgency=urgency), CALENDAR)

    if urgency == "urgent":
        assert (mark.name, moment) == ("day1", here("2026-03-02T23:59:59.999999"))
        assert due("hour24", case(reported_at=start, urgency=urgency)) == start + timedelta(hours=24)
    else:
        assert mark.name == first
        assert moment - start >= after - timedelta(seconds=1)


def test_emergency_counts_two_hours_even_in_the_evening_and_through_the_night():
    late = case(reported_at=here("2026-03-02T23:30"), urgency="emergency")

    assert deadlines.next_mark(late, CALENDAR) == (MARK_BY_NAME["hour2"], here("2026-03-03T01:30"))


def test_every_mark_needs_what_its_row_says():
    start = here("2026-03-02T10:00")
    facts = {
        "day1": [("accepted_at",), ("contacted_at",)],
        "day3": [("accepted_at", "contacted_at")],
        "day7": [("progress_at",)],
        "month1": [("planned_at",)],
    }
    met = {
        "day1": [("accepted_at", "contacted_at"), ("handled_at",)],
        "day3": [("progress_at",), ("handled_at",)],
        "day7": [("handled_at",), ("planned_at",)],
        "month1": [("handled_at",), ("parked_at",)],
    }

    for name, unmet in facts.items():
        for names in unmet:
            assert (
                deadlines.met_at(MARK_BY_NAME[name], case(reported_at=start, **dict.fromkeys(names, start)))
                is None
            )
        for names in met[name]:
            assert (
                deadlines.met_at(MARK_BY_NAME[name], case(reported_at=start, **dict.fromkeys(names, start)))
                == start
            )


def test_day_one_is_met_by_the_later_of_acceptance_and_contact():
    subject = case(
        reported_at=here("2026-03-02T10:00"),
        accepted_at=here("2026-03-02T11:00"),
        contacted_at=here("2026-03-02T15:00"),
    )

    assert deadlines.met_at(MARK_BY_NAME["day1"], subject) == here("2026-03-02T15:00")


def test_reopened_case_starts_both_clocks_again():
    subject = case(reported_at=here("2026-01-05T10:00"), reopened_at=here("2026-03-02T18:00"))

    assert due_days(subject, CALENDAR) == ends_of("03-03", "03-06", "03-10", "04-03")
    assert due_days(subject, deadlines.REPORTERS_CLOCK) == ends_of("03-02", "03-05", "03-09", "04-02")


@pytest.mark.parametrize("until", ["2026-03-20T23:59:59.999999", "2026-04-20T23:59:59.999999"])
def test_extension_becomes_the_plan_and_neither_moves_nor_meets_the_month(until):
    start, until = here("2026-03-02T10:00"), here(until)
    subject = case(reported_at=start, planned_at=here("2026-03-08T10:00"), extended_until=until)

    assert due("month1", subject) == here("2026-04-02T23:59:59.999999")
    assert deadlines.strip_marks(subject, start)[3].due == here("2026-04-02T23:59:59.999999")
    assert deadlines.met_at(MARK_BY_NAME["month1"], subject) is None
    assert due("plan", subject) == until
    assert deadlines.met_at(MARK_BY_NAME["day7"], subject) == here("2026-03-08T10:00")


def test_parked_case_wakes_at_its_review_and_meets_the_month():
    start, review = here("2026-03-02T10:00"), here("2026-04-01T23:59:59.999999")
    subject = case(
        state="handling", reported_at=start, accepted_at=start, contacted_at=start, progress_at=start, planned_at=start,
        parked_at=start, parked_until=review,
    )  # fmt: skip

    assert deadlines.next_mark(subject, CALENDAR) == (MARK_BY_NAME["plan"], review)


def test_check_and_clear_follow_handling_and_closing():
    handled = case(reported_at=here("2026-03-02T10:00"), handled_at=here("2026-03-04T20:00"))
    closed = case(reported_at=here("2026-03-02T10:00"), closed_at=here("2026-03-05T20:00"))

    assert due("check", handled) == here("2026-03-07T23:59:59.999999")
    assert due("clear", closed) == here("2026-03-20T23:59:59.999999")


def test_major_case_may_wait_for_its_first_look_back():
    closed = case(reported_at=here("2026-03-02T10:00"), closed_at=here("2026-03-05T20:00"), nature="major")

    assert due("clear", closed) == here("2026-04-19T23:59:59.999999")


def test_missed_names_only_marks_that_give_a_card_the_oldest_first():
    subject = case(reported_at=START, urgency="emergency")

    assert [mark.name for mark in deadlines.missed_marks(subject, CALENDAR, here("2026-03-10T00:00"))] == [
        "hour2",
        "day1",
        "day3",
        "day7",
    ]


def test_a_mark_is_missed_only_after_its_moment():
    subject = case(reported_at=START)

    assert deadlines.missed_marks(subject, CALENDAR, here("2026-03-02T23:59:59.999999")) == []
    assert [mark.name for mark in deadlines.missed_marks(subject, CALENDAR, here("2026-03-03T00:00:00"))] == [
        "day1"
    ]


def test_clock_wakes_before_a_mark_and_just_after_it():
    subject = case(reported_at=START)

    before = deadlines.wake_at(subject, CALENDAR, START, 4)
    after = deadlines.wake_at(subject, CALENDAR, before, 4)

    assert before == here("2026-03-02T19:59:59.999999")
    assert after == here("2026-03-03T00:00:00.999999")


MAYBE = st.none() | st.integers(0, 90 * 86_400).map(lambda seconds: START + timedelta(seconds=seconds))


@given(
    st.sampled_from(["reported", "accepted", "dispatched", "signed", "handling"]),
    st.sampled_from(Urgency.values),
    MAYBE, MAYBE, MAYBE, MAYBE, MAYBE,
)  # fmt: skip
def test_case_that_is_not_handled_always_has_a_next_mark(
    state, urgency, contacted, progress, planned, parked, until
):
    """Every plan has its date, so whatever was said already, one mark is left to wait for."""
    plan = until or START
    subject = case(
        state=state, urgency=urgency, reported_at=START, accepted_at=START, contacted_at=contacted, progress_at=progress,
        planned_at=planned or parked, parked_at=parked, parked_until=plan if parked else None,
        extended_until=plan if planned and not parked else None,
    )  # fmt: skip

    mark, moment = deadlines.next_mark(subject, CALENDAR)

    assert mark is not None
    assert moment is not None


def test_open_states_are_those_that_need_a_clock():
    assert set(OPEN) == {"reported", "accepted", "dispatched", "signed", "handling", "handled", "closed"}
