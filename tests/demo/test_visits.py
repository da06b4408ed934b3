"""Visits of the demo: in bulk the same rows as by the verb, everything answered at the next visit, nothing in the future."""

from datetime import timedelta

import pytest
from django.db.models import Count, F

from tests.demo.conftest import NOW
from tests.demo.rows import left_by
from yige.archive.models import Household
from yige.audit.models import LogEntry
from yige.contact import queries
from yige.contact.models import Answer, Need, Promise, Visit
from yige.demo import households, residents, visit_plan, visits

pytestmark = pytest.mark.django_db
PATH = households.micro_grids()[4].path
TABLES = (Household, Visit, Need, Promise, Answer)


@pytest.fixture
def laid(demo_ground):
    residents.lay(PATH, NOW)


def test_bulk_and_verbs_leave_the_same_rows(laid):
    by_verbs, in_bulk = (
        left_by(lambda way=way: way(PATH, NOW), TABLES, "contact.")
        for way in (visits.tell_by_verbs, visits.tell_in_bulk)
    )

    assert min(len(by_verbs[name]) for name in ("Visit", "Need", "Promise", "Answer")) > 5
    for table, rows in by_verbs.items():
        assert in_bulk[table] == rows


def test_what_was_raised_is_answered_at_the_next_visit_at_which_somebody_was_met(laid):
    visits.tell_visits(PATH, NOW)

    for need in Need.objects.filter(closed_at=None):
        after = Visit.objects.filter(household=need.household, at__gt=need.raised_at).exclude(mode="not_met")
        assert need.answers.count() == after.count()
    assert not Answer.objects.exclude(heard_at=F("at")).exists()
    assert Need.objects.exclude(closed_at=None).exists()


def test_household_knows_when_somebody_came_last(laid):
    visits.tell_visits(PATH, NOW)

    for each in Household.objects.annotate(count=Count("visits")):
        seen = list(each.visits.order_by("-at"))
        met = [visit for visit in seen if visit.mode != "not_met"]
        assert each.tried_at == (seen[0].at if seen else None)
        assert each.met_at == (met[0].at if met else None)


def test_visits_are_told_once_and_what_is_left_goes_on(laid):
    before = visits.micro_grids_without_visits(NOW)
    visits.tell_visits(PATH, NOW)

    assert PATH in before
    assert PATH not in visits.micro_grids_without_visits(NOW)


def test_no_visit_lies_in_the_future_or_before_the_file(laid):
    visits.tell_visits(PATH, NOW)

    assert not Visit.objects.filter(at__gt=NOW).exists()
    assert not Visit.objects.filter(at__lt=F("household__made_at")).exists()
    assert not LogEntry.objects.filter(at__gt=NOW).exists()


def test_a_household_is_owed_what_it_raised_last(laid):
    visits.tell_visits(PATH, NOW)
    need = Need.objects.filter(closed_at=None).first()

    assert need.pk in {thing.row.pk for thing in queries.answers_owed(need.household, NOW)}


def test_what_stands_without_an_answer_is_of_these_weeks(laid):
    visits.tell_visits(PATH, NOW)
    long_ago = NOW - timedelta(days=120)

    assert not Promise.objects.open().filter(due_on__lt=long_ago.date()).exists()
    assert Promise.objects.exclude(kept_at=None).exists()


def test_rounds_are_of_the_wished_volume():
    drawn = [
        visit_plan.visits_to(grid.path, row.place)
        for grid in households.micro_grids()
        for row in households.households_of(grid.path)
    ]

    assert 25_000 <= sum(map(len, drawn)) <= 36_000
    assert 0.01 <= sum(not each for each in drawn) / len(drawn) <= 0.06
    by_verbs = [each for path in visits.BY_VERBS for each in households.households_of(path)]
    assert 300 <= sum(len(visit_plan.visits_to(each.path, each.place)) for each in by_verbs) <= 600
