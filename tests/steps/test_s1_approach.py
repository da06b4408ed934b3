"""Visits: what was said last time is answered at the door, what is new gets its row, and nobody is pressed."""

from datetime import date, timedelta

import pytest

from tests.factories import MONDAY_NOON, act, category, family, household, life, reported
from yige.accounts.actors import Resident
from yige.archive.models import Household
from yige.audit.models import LogEntry
from yige.cases.models import Case
from yige.contact import queries
from yige.contact.models import Answer, Need, Promise, Visit
from yige.lib.refusals import NotAllowed, NotSaid
from yige.steps import visiting
from yige.steps.s1_approach import actions as s1

AT = MONDAY_NOON
LATER = AT + timedelta(days=7)
NOISE = {"kind": "opinion", "words": "楼下晚上太吵"}
STEPS = {"words": "找人修台阶", "due_on": date(2026, 3, 6)}


def visited(made, by, at=AT, mode="home", **said):
    return s1.write_visit_without_timelines(
        Household.objects.get(pk=made.pk), by=by, at=at, mode=mode, **said
    )


def answer(thing, kind="done", words="", **more):
    return {"field": thing.field, "kind": kind, "words": words, **more}


def test_first_visit_owes_nothing_and_keeps_what_was_said(here):
    made = family(here)

    visit = visited(made, here.micro, needs=[NOISE], promises=[STEPS], wished_on=date(2026, 3, 9))

    need, promise = Need.objects.get(), Promise.objects.get()
    assert (visit.role_label, visit.unit, visit.mode) == ("微网格员", here.team_unit, "home")
    assert (need.words, need.kind, need.visit, need.raised_at, need.by) == (
        "楼下晚上太吵",
        "opinion",
        visit,
        AT,
        here.micro,
    )
    assert (promise.words, promise.due_on, promise.first_due_on, promise.unit) == (
        "找人修台阶",
        date(2026, 3, 6),
        date(2026, 3, 6),
        here.team_unit,
    )
    made.refresh_from_db()
    assert (made.met_at, made.tried_at, made.wished_on) == (AT, AT, date(2026, 3, 9))


def test_visit_cannot_end_with_something_unanswered(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE], promises=[STEPS])
    promise, need = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)

    with pytest.raises(NotSaid) as refusal:
        visited(made, here.micro, LATER, answers=[answer(need)])

    assert refusal.value.fields == {promise.field: "上次说的这件事还没有答复，请选办好了、正在办或办不了。"}
    assert (Visit.objects.count(), Answer.objects.count()) == (1, 0)


def test_nobody_met_leaves_what_is_owed(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE])

    visited(made, here.micro, LATER, mode="not_met", answers=[{"field": "anything", "kind": "done"}])

    made.refresh_from_db()
    assert (made.met_at, made.tried_at) == (AT, LATER)
    assert (Answer.objects.count(), len(queries.answers_owed(made, LATER))) == (0, 1)


def test_answer_that_ends_a_need_closes_it(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE])
    (thing,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)

    visit = visited(made, here.micro, LATER, answers=[answer(thing, words="和楼下说好了")])

    said = Answer.objects.get()
    assert (said.need, said.kind, said.words, said.ends, said.heard_at, said.visit) == (
        thing.row,
        "done",
        "和楼下说好了",
        True,
        LATER,
        visit,
    )
    assert Need.objects.get().closed_at == LATER
    assert queries.answers_owed(Household.objects.get(pk=made.pk), LATER) == []


def test_answer_that_it_goes_on_is_owed_again_at_the_next_visit(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE])
    (thing,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)

    visited(made, here.micro, LATER, answers=[answer(thing, "in_progress", "还在和楼下商量")])

    (again,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER + timedelta(days=7))
    assert (again.row, again.draft.row, again.draft.words) == (need_of(made), "as_said", "还在和楼下商量")


def need_of(made):
    return Need.objects.get(household=made)


@pytest.mark.parametrize(
    ("kind", "words", "more", "kept", "released", "due"),
    [
        ("done", "", {}, LATER, None, date(2026, 3, 6)),
        ("cannot", "师傅不接这个活", {}, None, LATER, date(2026, 3, 6)),
        ("in_progress", "师傅下周来", {"due_on": date(2026, 3, 20)}, None, None, date(2026, 3, 20)),
    ],
)
def test_broken_promise_is_kept_released_or_put_off(here, kind, words, more, kept, released, due):
    made = family(here)
    visited(made, here.micro, promises=[STEPS])
    (thing,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)

    visited(made, here.micro, LATER, answers=[answer(thing, kind, words, **more)])

    row = Promise.objects.get()
    assert (row.kept_at, row.released_at, row.due_on, row.first_due_on) == (
        kept,
        released,
        due,
        date(2026, 3, 6),
    )
    assert len(queries.answers_owed(Household.objects.get(pk=made.pk), LATER)) == (kind == "in_progress")


def test_promise_kept_between_visits_is_told_at_the_next(here):
    made = family(here)
    visited(made, here.micro, promises=[STEPS])
    s1.keep_promise(Promise.objects.get(), by=here.worker, at=AT + timedelta(days=2))
    (thing,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)

    visited(made, here.micro, LATER, answers=[answer(thing)])

    assert (thing.draft.row, Answer.objects.get().ends) == ("kept", True)
    assert Promise.objects.get().kept_at == AT + timedelta(days=2)
    assert queries.answers_owed(Household.objects.get(pk=made.pk), LATER) == []


def test_case_that_is_taken_up_again_is_owed_again(here):
    made = family(here)
    case = reported(here, household=made)
    s1.raise_need(made, by=here.micro, at=AT, kind="problem", words="路灯不亮", case=case)
    case = life(here, "closed", case=case)
    (thing,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER)
    visited(made, here.micro, LATER, answers=[answer(thing)])

    act("reopen", case, by=here.desk, at=LATER + timedelta(hours=1), words="又灭了")

    (again,) = queries.answers_owed(Household.objects.get(pk=made.pk), LATER + timedelta(hours=2))
    assert (again.row, again.draft.row) == (thing.row, "again")


@pytest.mark.parametrize(
    "name", ["neighbour_worker", "desk", "community_head", "member", "department", "registrar", "idle"]
)
def test_nobody_visits_outside_the_own_reach(here, name):
    made = household(here)

    with pytest.raises(NotAllowed):
        visited(made, getattr(here, name))

    assert not Visit.objects.exists() and not LogEntry.objects.filter(verb="contact.write_visit").exists()


def test_clock_of_an_old_visit_does_not_turn_back_the_last_meeting(here):
    made = family(here)
    visited(made, here.micro, LATER)

    visited(made, here.worker, AT)

    made.refresh_from_db()
    assert (made.met_at, made.tried_at) == (LATER, LATER)


@pytest.mark.parametrize("who", ["micro", "resident", "registrar"])
def test_visits_are_declined_until_a_day_and_taken_back(here, who):
    made = family(here)
    by = Resident(made.contact_id, made.pk) if who == "resident" else getattr(here, who)

    s1.decline_visits(made, by=by, at=AT, until=date(2026, 6, 1))
    declined = Household.objects.get(pk=made.pk)
    s1.decline_visits(made, by=by, at=AT, until=None)

    assert declined.declines_on(date(2026, 6, 1)) and not declined.declines_on(date(2026, 6, 2))
    assert Household.objects.get(pk=made.pk).declines_until is None


def test_household_of_somebody_else_cannot_be_spoken_for(here):
    made, other = household(here), household(here, room="601")

    with pytest.raises(NotAllowed):
        s1.decline_visits(made, by=Resident(None, other.pk), at=AT, until=date(2026, 6, 1))
    with pytest.raises(NotAllowed):
        s1.raise_need(made, by=Resident(None, other.pk), at=AT, kind="need", words="想要椅子")


def test_household_raises_a_need_by_itself_and_is_owed_an_answer(here):
    made = family(here)

    need = s1.raise_need(made, by=Resident(made.contact_id, made.pk), at=AT, kind="need", words="想要椅子")

    assert (need.by, need.visit, need.words) == (None, None, "想要椅子")
    assert [thing.row for thing in queries.answers_owed(made, LATER)] == [need]


def test_refused_visit_leaves_no_case_behind(here):
    made = household(here)
    lamp = {"kind": "problem", "words": "灯坏", "category": category()}

    with pytest.raises(NotAllowed):
        visiting.finish_visit(made, by=here.neighbour_worker, at=AT, mode="home", needs=[lamp])

    assert not Case.objects.exists()


def test_more_than_ten_things_at_once_are_refused_and_none_is_lost_silently(here):
    with pytest.raises(NotSaid) as refusal:
        visited(family(here), here.micro, needs=[NOISE] * 11)

    assert refusal.value.fields == {"mode": "一次最多记 10 件，其余的请下次再记。"}
    assert not Need.objects.exists()
