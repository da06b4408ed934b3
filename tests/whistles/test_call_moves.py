"""Every cell of states × standings × verbs of a call, against a table written by hand."""

import pytest

from yige.whistles import call_moves
from yige.whistles.words import CALL_ENDS, CallState

# verb: (from, to, who)
# fmt: off
WRITTEN = {
    "sign":      ("called",                             "signed",    "unit proxy"),
    "contact":   ("called signed contacted",            "contacted", "unit proxy"),
    "arrive":    ("called signed contacted",            "arrived",   "unit proxy"),
    "note_progress":      ("called signed contacted arrived",    "",          "unit proxy"),
    "deliver":   ("signed contacted arrived",           "delivered", "unit proxy"),
    "refuse_duty":   ("called signed contacted arrived",    "",          "unit proxy"),
    "decide_duty":      ("called signed contacted arrived delivered", "",   "head"),
    "confirm":   ("delivered",                          "confirmed", "street"),
    "turn_back": ("delivered",                          "arrived",   "street"),
    "release":   ("called signed contacted arrived delivered", "released", "street"),
    "lapse":     ("signed",                             "called",    "clock"),
    "assess":    ("confirmed released",                 "",          "street"),
    "answer":    ("confirmed released",                 "",          "unit proxy"),
}
# fmt: on


def test_the_tables_name_the_same_verbs():
    assert set(WRITTEN) == set(call_moves.CALL_MOVE)


@pytest.mark.parametrize("verb", WRITTEN)
def test_every_cell_is_as_written(verb):
    start, to, who = WRITTEN[verb]
    for state in CallState.values:
        for standing in call_moves.CALL_STANDINGS:
            expected = "who" if standing not in who.split() else "" if state in start.split() else "state"
            assert call_moves.verdict(verb, state, {standing}) == expected, (state, standing)
    assert (call_moves.CALL_MOVE[verb].to or "") == to


def test_every_open_state_leads_to_an_end_by_somebody_who_may():
    for state in CallState:
        seen, found = {state}, True
        while found:
            found = {
                CallState(move.to)
                for move in call_moves.CALL_MOVES
                for start in seen
                if move.to and start in move.start and set(move.who) - {"clock"}
            } - seen
            seen |= found
        assert state in CALL_ENDS or set(CALL_ENDS) <= seen, state


def test_nothing_without_a_standing():
    assert {call_moves.verdict(verb, state, set()) for verb in WRITTEN for state in CallState.values} == {
        "who"
    }


@pytest.mark.parametrize("verb", WRITTEN)
def test_a_refusal_names_the_person_or_the_states(verb):
    start, _, who = WRITTEN[verb]
    other = next(state for state in CallState.values if state not in start.split())
    first = who.split()[0]

    assert call_moves.CALL_STANDINGS[first] in call_moves.why_not(verb, start.split()[0], set())
    assert CallState(other).label in call_moves.why_not(verb, other, {first})
