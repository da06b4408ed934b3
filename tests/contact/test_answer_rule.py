"""The answer rule by its shared table: every row of the rule is hit, every end of a case has its answer."""

import pytest

from tests.contact import vectors
from yige.cases.words import AnswerKind, State
from yige.contact import answer_rule, case_matters
from yige.contact.answer_rule import ANSWER_LABELS, ANSWER_ROWS, CASE_IS_OVER

TABLE = vectors.table()


@pytest.mark.parametrize("vector", TABLE["vectors"], ids=lambda vector: vector["name"])
def test_rule_says_what_the_table_says(vector):
    assert vectors.said(vector) == vector["owed"]


def test_table_is_long_enough_and_hits_every_row():
    hit = {thing["row"] for vector in TABLE["vectors"] for thing in vector["owed"]}

    assert len(TABLE["vectors"]) >= 40
    assert hit == {row.name for row in ANSWER_ROWS}
    assert len({vector["name"] for vector in TABLE["vectors"]}) == len(TABLE["vectors"])


@pytest.mark.parametrize("vector", TABLE["ends"], ids=lambda vector: f"{vector['state']}-{vector['kind']}")
def test_answer_ends_what_the_table_says(vector):
    case = {"case": {"state": vector["state"]}} if vector["state"] else {}
    thing = vectors.item({"id": "a", "kind": "problem", "raised_at": "2026-03-03T04:00:00+00:00", **case})

    assert answer_rule.ends_matter(thing, vector["kind"]) is vector["ends"]


def test_table_of_ends_names_every_state_and_every_answer():
    named = {(vector["state"], vector["kind"]) for vector in TABLE["ends"]}

    assert named == {
        (state, kind) for state in (None, *(set(State) - {State.MERGED})) for kind in AnswerKind.values
    }


def test_rule_and_workflow_speak_of_the_same_states_and_answers():
    assert set(CASE_IS_OVER) <= set(State.values)
    assert dict(AnswerKind.choices) == ANSWER_LABELS


def test_what_a_household_expects_is_said_for_every_mark_before_it_is_done():
    assert all(mark.promise and mark.promise != mark.duty for mark in case_matters.deadlines.MARKS)
