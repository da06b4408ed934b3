"""The table of topics, every state, every standing, written out by hand; no database."""

from itertools import chain, combinations

import pytest

from yige.topics import topic_moves
from yige.topics.words import TopicState

# verb: from, to, who (d desk, h head, o owner)
MOVES = {
    "agree":            ("proposed",                  "running",   "h"),
    "change":           ("proposed running",          "",          "dh"),
    "put_in":           ("proposed running written",  "",          "dho"),
    "take_out":         ("proposed running written",  "",          "dho"),
    "set_milestone":    ("proposed running",          "",          "dho"),
    "move_milestone":   ("proposed running",          "",          "dho"),
    "finish_milestone": ("running",                   "",          "dho"),
    "write_result":     ("running written",           "written",   "dho"),
    "send_back":        ("written",                   "running",   "h"),
    "publish":          ("written",                   "published", "h"),
    "drop":             ("proposed running written",  "dropped",   "h"),
    "reopen":           ("published",                 "running",   "h"),
}  # fmt: skip
NAMES = {"d": "desk", "h": "head", "o": "owner"}
EVERYBODY = [set(some) for some in chain.from_iterable(combinations(NAMES.values(), n) for n in range(4))]


def test_the_table_has_these_rows_and_no_other():
    assert [row.verb for row in topic_moves.TOPIC_MOVES] == list(MOVES)
    assert {row.verb: row.to or "" for row in topic_moves.TOPIC_MOVES} == {
        verb: to for verb, (_, to, _) in MOVES.items()
    }


@pytest.mark.parametrize("state", TopicState.values)
@pytest.mark.parametrize("verb", MOVES)
def test_every_verb_in_every_state_by_everybody(verb, state):
    start, _, who = MOVES[verb]
    for held in EVERYBODY:
        may = bool(held & {NAMES[letter] for letter in who})
        wanted = "" if may and state in start.split() else "state" if may else "who"

        assert topic_moves.verdict_on_topic(verb, state, held) == wanted
        assert bool(topic_moves.why_topic_refuses(verb, state, held)) == bool(wanted)
        assert (verb in topic_moves.verbs_allowed(state, held)) == (wanted == "")


def test_nothing_leads_out_of_a_dropped_topic_and_only_reopening_out_of_a_published_one():
    everybody = set(NAMES.values())

    assert topic_moves.verbs_allowed("dropped", everybody) == []
    assert topic_moves.verbs_allowed("published", everybody) == ["reopen"]


def test_what_reporters_read_names_no_person_and_never_a_place_to_fill():
    sentences = [row.public for row in topic_moves.TOPIC_MOVES if row.public] + [
        topic_moves.JOINED,
        topic_moves.PARTED,
    ]

    for sentence in sentences:
        line = sentence.format(title="路灯反复不亮", owner="街道", result="换好了。")
        assert "{" not in line and "路灯反复不亮" in line
