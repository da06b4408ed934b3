"""Every cell of states × standings × verbs, and of people × situations, against tables written by hand."""

import csv
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest

from tests.factories import MONDAY_NOON, act, life, linked_household, reported
from yige.accounts.actors import CLOCK, COMMAND, STRANGER, LinkHolder
from yige.cases import workflow
from yige.cases.standings import standings
from yige.cases.words import State
from yige.steps.verbs import VERBS


def table(name):
    with (Path(__file__).parent / name).open(newline="") as rows:
        return list(csv.DictReader(rows))


MOVES = {row["verb"]: row for row in table("moves.csv")}
LATER = MONDAY_NOON.replace(hour=8)


def test_the_tables_name_the_same_verbs():
    assert set(MOVES) == set(VERBS) == {row.verb for row in workflow.MOVES if row.start}


@pytest.mark.parametrize("verb", MOVES)
def test_whoever_did_it_hears_nobody_about_the_own_work_as_written(verb):
    assert MOVES[verb]["involves"] == ("yes" if verb in workflow.INVOLVING else "no")


@pytest.mark.parametrize("verb", MOVES)
def test_every_state_and_standing_is_as_written(verb):
    row = MOVES[verb]
    start, who = row["from"].split(), row["who"].split()

    for state in State.values:
        for standing in workflow.STANDINGS:
            expected = "who" if standing not in who else "" if state in start else "state"
            assert workflow.verdict(verb, state, {standing}) == expected, (verb, state, standing)


@pytest.mark.parametrize("verb", MOVES)
def test_the_way_leads_where_it_is_written(verb):
    assert (workflow.BY_VERB[verb].to or "") == MOVES[verb]["to"]


def test_somebody_with_two_standings_may_do_what_either_may():
    for verb, row in MOVES.items():
        who = set(row["who"].split())
        for pair in combinations(workflow.STANDINGS, 2):
            assert (workflow.verdict(verb, row["from"].split()[0], pair) == "") is bool(who & set(pair))


def test_nobody_may_do_anything_without_a_standing():
    assert [workflow.verdict(verb, state, set()) for verb in MOVES for state in State.values] == ["who"] * (
        len(MOVES) * len(State.values)
    )


@pytest.mark.parametrize("state", State.values)
def test_allowed_lists_exactly_what_the_cells_say(state):
    for standing in workflow.STANDINGS:
        listed = {move.verb for move in workflow.allowed_moves(state, {standing})}
        written = {
            verb
            for verb, row in MOVES.items()
            if state in row["from"].split() and standing in row["who"].split()
        }
        assert listed == written


def test_ended_cases_stay_ended_but_for_objection_splitting_and_reopening():
    leaving = {
        (state, move.verb)
        for state in ("cleared", "rejected", "merged", "withdrawn")
        for move in workflow.MOVES
        if state in move.start and move.to
    }

    assert leaving == {
        ("rejected", "object"),
        ("withdrawn", "object"),
        ("merged", "separate"),
        ("cleared", "reopen"),
    }


@pytest.mark.parametrize("verb", MOVES)
def test_every_refusal_is_a_sentence_that_says_who_or_when(verb):
    move = workflow.BY_VERB[verb]
    nobody = workflow.why_not(verb, move.start[0], set())
    too_late = workflow.why_not(verb, "merged", set(move.who))

    assert move.label in nobody
    assert nobody.endswith("来做。")
    assert too_late == (
        f"这件事现在是“已并案”，“{move.label}”只能在“{'、'.join(state.label for state in move.start)}”时做。"
    )


def situations(here):
    waiting = act("dispatch", life(here, until="accepted"), by=here.desk, at=LATER, unit=here.team_unit)
    bureau = act("dispatch", life(here, until="accepted"), by=here.desk, at=LATER, unit=here.bureau_unit)
    return {
        "reported": reported(here),
        "unit waits": waiting,
        "worker has it": life(here, until="handling"),
        "closed": life(here, until="closed"),
        "taken in by the hotline": reported(here, by=here.intake, channel="hotline"),
        "the bureau has it": bureau,
        "found by the worker": reported(here, by=here.worker, channel="patrol"),
        "raised by a household": reported(here, household=linked_household(here)),
    }


def actor(name, here, case):
    others = {
        "reporter": LinkHolder(case.pk),
        "other link": LinkHolder(uuid4()),
        "stranger": STRANGER,
        "clock": CLOCK,
        "command": COMMAND,
    }
    return others.get(name) or getattr(here, name)


def test_every_person_stands_to_every_case_as_written(here):
    found = []
    cases = situations(here)
    for row in table("standings.csv"):
        held = {
            name: " ".join(sorted(standings(actor(row["who"], here, case), case, LATER)))
            for name, case in cases.items()
        }
        found.append({"who": row["who"], **held})

    assert found == table("standings.csv")


def test_somebody_who_left_stands_nowhere(here):
    case = life(here, until="handling")
    here.worker.is_active = False

    assert standings(here.worker, case, LATER) == set()
