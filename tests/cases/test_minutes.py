"""Marks that are minutes or hours: they run through the night, past the cut-off."""

from tests.cases.blank import case, here
from yige.cases import deadlines
from yige.cases.deadlines import MARK_BY_NAME


def test_a_mark_can_be_minutes_and_runs_through_the_night():
    on_site = MARK_BY_NAME["hour2"]._replace(minutes=30)
    late = case(reported_at=here("2026-03-02T23:45"), urgency="emergency")

    assert deadlines.due(on_site, late, deadlines.Clock(cut_off_hour=17)) == here("2026-03-03T00:15")


def test_the_marks_of_hours_are_as_many_minutes():
    assert {mark.name: mark.minutes for mark in deadlines.MARKS if mark.minutes} == {
        "hour2": 120,
        "hour24": 1440,
    }
