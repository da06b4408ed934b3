"""Visits: what was said last time is answered at the door, what is new gets its row, and nobody is pressed."""

from datetime import date, timedelta

import pytest

from tests.factories import MONDAY_NOON, family
from yige.archive.models import Household
from yige.audit.errors import NotSaid
from yige.contact import queries
from yige.contact.models import Answer, Need, Promise, Visit
from yige.steps.s1_approach import actions as s1

AT = MONDAY_NOON
LATER = AT + timedelta(days=7)
NOISE = {"kind": "opinion", "words": "楼下晚上太吵"}
STEPS = {"words": "找人修台阶", "due_on": date(2026, 3, 6)}


def visited(made, by, at=AT, mode="home", **said):
    return s1.visit(Household.objects.get(pk=made.pk), by=by, at=at, mode=mode, **said)


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
    promise, need = queries.owed(Household.objects.get(pk=made.pk), LATER)

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
    assert (Answer.objects.count(), len(queries.owed(made, LATER))) == (0, 1)


def test_answer_that_ends_a_need_closes_it(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE])
    (thing,) = queries.owed(Household.objects.get(pk=made.pk), LATER)

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
    assert queries.owed(Household.objects.get(pk=made.pk), LATER) == []


def test_answer_that_it_goes_on_is_owed_again_at_the_next_visit(here):
    made = family(here)
    visited(made, here.micro, needs=[NOISE])
    (thing,) = queries.owed(Household.objects.get(pk=made.pk), LATER)

    visited(made, here.micro, LATER, answers=[answer(thing, "in_progress", "还在和楼下商量")])

    (again,) = queries.owed(Household.objects.get(pk=made.pk), LATER + timedelta(days=7))
    assert (again.row, again.draft.row, again.draft.words) == (need_of(made), "as_said", "还在和楼下商量")


def need_of(made):
    return Need.objects.get(household=made)
