"""The face of the product: five marks, each met, waiting, late or parked."""

import pytest

from tests.cases.blank import START, case, here
from yige.cases import deadlines


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
            "late late parked parked waiting",
        ),
        (
            {"planned_at": START, "parked_at": START, "parked_until": here("2026-03-20T23:59:59.999999")},
            "2026-03-21T00:00",
            "late late late late waiting",
        ),
        ({"state": "rejected"}, "2026-04-10T00:00", "waiting waiting waiting waiting waiting"),
        ({"state": "merged"}, "2026-04-10T00:00", "waiting waiting waiting waiting waiting"),
        ({"state": "withdrawn"}, "2026-04-10T00:00", "waiting waiting waiting waiting waiting"),
    ],
)
def test_strip_shows_five_marks_each_met_waiting_late_or_parked(facts, now, states):
    found = strip_of(case(reported_at=START, **facts), now)

    assert [label for label, _ in found] == ["当天", "3天", "7天", "1个月", "清零"]
    assert " ".join(state for _, state in found) == states


def test_strip_says_whether_a_met_mark_was_kept_in_time():
    subject = case(
        reported_at=START, progress_at=here("2026-03-06T10:00"), handled_at=here("2026-03-06T10:00")
    )

    kept = {mark.name: mark.kept for mark in deadlines.strip_marks(subject, here("2026-03-06T12:00"))}

    assert kept == {"day1": False, "day3": False, "day7": True, "month1": True, "clear": None}
