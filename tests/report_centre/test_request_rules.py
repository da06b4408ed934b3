"""Every case of who may answer a request for a sheet how, against the rule said again in plain words."""

from itertools import chain, combinations, product

import pytest

from yige.report_centre.request_rules import (
    ANSWERS,
    KEEPER,
    REFUSALS,
    UNIT,
    RequestFacts,
    open_answers,
    why_no_refusal,
    why_not,
)
from yige.report_centre.words import Answer, Basis

STANDINGS = [set(some) for some in chain.from_iterable(combinations((UNIT, KEEPER), n) for n in range(3))]
FACTS = [RequestFacts(*each) for each in product((False, True), Basis, (False, True), (False, True))]


def may(answer, facts, standings):
    """Say it again without the table."""
    if facts.answered or not standings:
        return False
    if answer == Answer.LISTED:
        return KEEPER in standings and facts.basis != Basis.NONE and not facts.on_list
    return answer == Answer.EXISTS or not facts.on_list


@pytest.mark.parametrize("answer", Answer)
def test_every_answer_in_every_case(answer):
    told = {
        (facts, *sorted(who)): not why_not(answer, facts, who) for facts, who in product(FACTS, STANDINGS)
    }

    assert told == {
        (facts, *sorted(who)): may(answer, facts, who) for facts, who in product(FACTS, STANDINGS)
    }


def test_every_refusal_in_every_case():
    told = {
        (rule.name, facts) for rule, facts in product(REFUSALS, FACTS) if not why_no_refusal(rule.name, facts)
    }

    assert told == {
        (name, facts)
        for name, facts in product(("not_listed", "no_marks", "personal"), FACTS)
        if name == "personal"
        or (name == "no_marks" and not facts.marked)
        or (name == "not_listed" and facts.basis != Basis.LAW)
    }


def test_what_is_on_the_list_is_neither_refused_nor_listed_again():
    facts = RequestFacts(False, Basis.DECISION, False, True)

    assert [rule.name for rule in open_answers(facts, {UNIT, KEEPER})] == [Answer.EXISTS]


def test_every_answer_and_every_refusal_says_why():
    assert [rule.name for rule in ANSWERS] == list(Answer)
    assert all(rule.rule and rule.label for rule in REFUSALS)
