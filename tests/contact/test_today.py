"""Today's list: the order of the rule, and what the database gives it; quiet at night."""

from datetime import date, timedelta

import pytest

from tests.factories import COMMAND, LONG_AGO_NOON, MONDAY_NOON, family, linked_household
from yige.archive.models import Household, Person
from yige.archive.people import actions as archive
from yige.contact import plans
from yige.contact.todays_visits import visits_of_today
from yige.contact.visit_order import CALL, Candidate, tasks_in_order
from yige.lib.local_time import local_day, start_of_day
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

AT = MONDAY_NOON
TODAY = local_day(AT)
LONG = TODAY - timedelta(days=80)


def ordered(*candidates, every=75):
    return [(task.id, task.reason) for task in tasks_in_order(candidates, TODAY, every)]


def test_reasons_come_in_their_order():
    rows = (
        Candidate("next", met_on=TODAY - timedelta(days=3)),
        Candidate("long", met_on=LONG),
        Candidate("never"),
        Candidate("service", met_on=TODAY - timedelta(days=7), label_days=7),
        Candidate("wished", met_on=LONG, wished_on=TODAY),
        Candidate("promised", met_on=LONG, promise_due=TODAY + timedelta(days=2)),
        Candidate("broken", met_on=LONG, promise_due=TODAY - timedelta(days=1)),
        Candidate("appointed", met_on=LONG, appointed_at=AT),
    )

    assert [name for name, _ in ordered(*rows)] == [
        "appointed", "broken", "promised", "wished", "service", "never", "long", "next",
    ]  # fmt: skip


def test_promise_of_next_week_and_service_not_yet_due_are_no_reason():
    far = Candidate("far", met_on=LONG, promise_due=TODAY + timedelta(days=3))
    soon = Candidate("soon", met_on=TODAY - timedelta(days=6), label_days=7)

    assert ordered(far, soon) == [("far", "好久没有联系了"), ("soon", "")]


def test_who_waited_longest_comes_first_and_the_same_building_together():
    rows = (
        Candidate("b", building="B", met_on=LONG - timedelta(days=1)),
        Candidate("a", building="A", met_on=LONG),
        Candidate("first", building="A", met_on=LONG, wished_on=TODAY),
    )

    assert [name for name, _ in ordered(*rows)] == ["first", "a", "b"]


def test_household_that_declines_is_left_out_but_for_a_promise_and_an_appointment():
    kept = {"declines": True, "met_on": LONG}
    found = tasks_in_order(
        (
            Candidate("out", **kept),
            Candidate("wished", wished_on=TODAY, **kept),
            Candidate("word", promise_due=TODAY, **kept),
            Candidate("met", appointed_at=AT, **kept),
        ),
        TODAY,
        75,
    )

    assert [(task.id, task.hint) for task in found] == [("met", ""), ("word", CALL)]


def test_household_met_today_is_done():
    assert ordered(Candidate("done", met_on=TODAY, wished_on=TODAY)) == []


def test_plans_name_every_role_that_visits_and_no_other():
    from yige.accounts import roles

    assert set(plans.BY_ROLE) == set(roles.having("visit"))
    assert plans.plan_of(["desk"]) is None
    assert plans.plan_of(["community_head", "party_member"]).every_days == 30


def test_list_of_a_micro_worker_is_made_from_what_is_known(here):
    promised, wished, served, never, away = (family(here, room=f"50{place}") for place in range(5))
    other = family(here, path="/zz/js/9x/1/", estate="别院")
    for made in (promised, wished, served, away, other):
        Household.objects.filter(pk=made.pk).update(met_at=LONG_AGO_NOON)
    s1.promise(
        promised, by=here.micro, at=AT - timedelta(days=5), words="修门", due_on=TODAY - timedelta(days=1)
    )
    Household.objects.filter(pk=wished.pk).update(wished_on=TODAY)
    archive.grant_label(Person.objects.of(served).first(), by=COMMAND, at=AT, kind="living_alone")
    s1.decline_visits(away, by=here.micro, at=AT, until=TODAY + timedelta(days=30))

    found = visits_of_today(here.micro, AT)

    assert [(household.pk, task.reason) for task, household in found.rows] == [
        (promised.pk, "答应的事过了期"),
        (wished.pk, "约定这时候联系"),
        (served.pk, "要了上门服务，该去看看了"),
        (never.pk, "还没有走访过"),
    ]


def test_party_member_is_sent_to_linked_households_alone(here):
    linked = linked_household(here)
    family(here, room="601")

    assert [household.pk for _, household in visits_of_today(here.member, AT).rows] == [linked.pk]


def test_appointment_of_today_comes_first(here):
    made = family(here)
    slot = appointments.offer_slot(
        here.micro_grid, by=here.micro, at=AT, kind="visit", place="上门", starts_at=AT + timedelta(hours=2)
    )
    appointments.book_slot(slot, by=here.micro, at=AT, household=made)

    ((task, household),) = visits_of_today(here.micro, AT).rows

    assert (household.pk, task.reason) == (made.pk, "约好今天见面")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_few_statements_for_one_as_for_three(here, rows, django_assert_num_queries):
    for place in range(rows):
        s1.promise(
            family(here, room=f"50{place}"), by=here.micro, at=AT, words="修门", due_on=date(2026, 3, 3)
        )

    with django_assert_num_queries(6):
        assert len(visits_of_today(here.micro, AT).rows) == rows


def next_morning(at):
    """8:00 in Shanghai, of the same day before it and of the next day after it."""
    morning = start_of_day(local_day(at)) + timedelta(hours=8)
    return morning if morning > at else morning + timedelta(days=1)


@pytest.mark.parametrize(("hour", "quiet"), [(9, True), (-5, True), (0, False), (8.9, False)])
def test_at_night_the_list_is_the_mornings_and_says_so(here, hour, quiet):
    made = family(here)
    Household.objects.filter(pk=made.pk).update(
        wished_on=local_day(AT + timedelta(hours=hour)) + timedelta(days=hour > 8.95)
    )

    found = visits_of_today(here.micro, AT + timedelta(hours=hour))

    assert found.quiet_until == (next_morning(AT + timedelta(hours=hour)) if quiet else None)
    assert [task.reason for task, _ in found.rows] == ["约定这时候联系"]


def test_somebody_who_visits_nobody_has_no_list(here):
    family(here)

    assert visits_of_today(here.desk, AT) == (None, [], None)
