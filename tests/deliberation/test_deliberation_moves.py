"""The table of deliberations, every stage, every standing, written out by hand; no database."""

from itertools import chain, combinations

import pytest

from yige.deliberation import deliberation_moves
from yige.deliberation.words import OPEN_STAGES, Stage

# verb: from, to, who (r raiser, l lead, u unit, p resident), form (o opinion, c counted, w owners, s secret)
MOVES = {
    "list":             ("raised declined",      "listed",   "l",   ""),
    "decline":          ("raised",               "declined", "l",   ""),
    "change":           ("listed",               "",         "l",   ""),
    "give_notice":      ("listed noticed",       "noticed",  "l",   ""),
    "record_meeting":   ("noticed",              "met",      "rl",  ""),
    "record_opinion":   ("met",                  "shown",    "l",   "o"),
    "record_count":     ("met",                  "shown",    "l",   "c"),
    "write_roll":       ("met",                  "",         "rl",  "w"),
    "draw_slips":       ("met",                  "",         "rl",  "s"),
    "enter_slip":       ("met",                  "",         "rl",  "s"),
    "fix_root":         ("met",                  "",         "l",   "s"),
    "open_vote":        ("met",                  "",         "l",   ""),
    "enter_paper":      ("met",                  "",         "rl",  "w"),
    "count_vote":       ("met",                  "shown",    "l",   "c"),
    "object":           ("met shown",            "",         "rlp", ""),
    "answer_objection": ("met shown",            "",         "l",   ""),
    "settle":           ("shown",                "settled",  "l",   ""),
    "take_back":        ("shown",                "listed",   "l",   ""),
    "set_step":         ("settled",              "",         "rl",  ""),
    "move_step":        ("settled",              "",         "rlu", ""),
    "finish_step":      ("settled",              "",         "rlu", ""),
    "feed_back":        ("settled",              "answered", "l",   ""),
    "drop":             ("listed noticed met",   "dropped",  "l",   ""),
}  # fmt: skip
NAMES = {"r": "raiser", "l": "lead", "u": "unit", "p": "resident"}
FORMS = {"opinion": "os", "representatives": "cs", "owners": "cw"}
EVERYBODY = [set(some) for some in chain.from_iterable(combinations(NAMES.values(), n) for n in range(5))]


def test_the_table_has_these_rows_and_no_other():
    assert {row.verb: row.to or "" for row in deliberation_moves.MOVES} == {
        verb: row[1] for verb, row in MOVES.items()
    }


@pytest.mark.parametrize("stage", Stage.values)
@pytest.mark.parametrize("verb", MOVES)
def test_every_verb_in_every_stage_by_everybody(verb, stage):
    start, _, who, form = MOVES[verb]
    for held in EVERYBODY:
        for kind, letter in FORMS.items():
            may, fits = bool(held & {NAMES[name] for name in who}), form in letter
            wanted = "who" if not may else "stage" if stage not in start.split() else "" if fits else "form"

            assert deliberation_moves.verdict_on_deliberation(verb, stage, kind, held) == wanted
            assert bool(deliberation_moves.why_deliberation_refuses(verb, stage, kind, held)) == bool(wanted)
            assert (verb in deliberation_moves.verbs_allowed(stage, kind, held)) == (wanted == "")


def test_every_open_stage_waits_for_a_counted_time_and_the_lead_has_a_way_forward():
    assert {wait.stage for wait in deliberation_moves.WAITS} == set(OPEN_STAGES)
    for stage in OPEN_STAGES:
        for form in FORMS:
            ways = [
                deliberation_moves.MOVE_BY_VERB[verb].to
                for verb in deliberation_moves.verbs_allowed(stage, form, {"lead"})
            ]
            assert {to for to in ways if to and to != stage}, (stage, form)


def test_nothing_leads_out_of_an_end_but_listing_what_was_declined():
    everybody = set(NAMES.values())
    left = {
        stage: deliberation_moves.verbs_allowed(stage, "opinion", everybody)
        for stage in ("answered", "dropped", "declined")
    }

    assert left == {"answered": [], "dropped": [], "declined": ["list"]}
