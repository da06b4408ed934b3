"""When a decision is valid and carried: every boundary, cell by cell, and 10,000 counts against another way of counting."""

import random
from fractions import Fraction

import pytest

from yige.deliberation import decision_rules
from yige.deliberation.decision_rules import Share, Tally
from yige.deliberation.words import DecisionForm, Verdict

ORDINARY, SPECIAL = decision_rules.RULE_BY_NAME["ordinary"], decision_rules.RULE_BY_NAME["special"]
PEOPLE = decision_rules.RULE_BY_NAME["representatives"]
ALL = Share(300, 2_400_000)


def tally(voting, yes, all=ALL):
    return Tally(all, yes=Share(*yes), no=Share(voting[0] - yes[0], voting[1] - yes[1]))


@pytest.mark.parametrize(("rule", "voting", "yes", "wanted"), [
    # two thirds of 300 owners are 200, of 24,000 m² they are 16,000 m²: the number itself is enough
    ("ordinary", (200, 1_600_000), (101, 800_001), "carried"),
    ("ordinary", (199, 1_600_000), (199, 1_600_000), "no_quorum"),
    ("ordinary", (200, 1_599_999), (200, 1_599_999), "no_quorum"),
    ("ordinary", (199, 1_599_999), (199, 1_599_999), "no_quorum"),
    # more than half of those who took part: half is not enough, of neither
    ("ordinary", (200, 1_600_000), (100, 1_600_000 - 100), "lost"),
    ("ordinary", (200, 1_600_000), (101, 800_000), "lost"),
    ("ordinary", (200, 1_600_000), (100, 800_000), "lost"),
    ("ordinary", (201, 1_600_001), (101, 800_001), "carried"),
    # three quarters: the number itself is enough
    ("special",  (200, 1_600_000), (150, 1_200_000), "carried"),
    ("special",  (200, 1_600_000), (149, 1_200_000), "lost"),
    ("special",  (200, 1_600_000), (150, 1_199_999), "lost"),
    ("special",  (201, 1_600_000), (150, 1_200_000), "lost"),     # three quarters of 201 are 150.75
    ("special",  (201, 1_600_000), (151, 1_200_000), "carried"),
    ("special",  (300, 2_400_000), (225, 1_800_000), "carried"),
    ("special",  (199, 2_400_000), (199, 2_400_000), "no_quorum"),
    ("ordinary", (0, 0), (0, 0), "no_quorum"),
    ("special",  (0, 0), (0, 0), "no_quorum"),
])  # fmt: skip
def test_the_double_quorum_and_the_two_majorities(rule, voting, yes, wanted):
    assert decision_rules.verdict_of_count(decision_rules.RULE_BY_NAME[rule], tally(voting, yes)) == wanted


@pytest.mark.parametrize(
    ("came", "yes", "wanted"),
    [
        (25, 25, "no_quorum"),
        (26, 13, "lost"),
        (26, 14, "carried"),
        (27, 14, "carried"),
        (50, 25, "lost"),
        (50, 26, "carried"),
    ],
)
def test_representatives_need_more_than_half_twice(came, yes, wanted):
    assert decision_rules.verdict_of_count(PEOPLE, tally((came, 0), (yes, 0), Share(50))) == wanted


def test_abstentions_and_invalid_papers_take_part_and_approve_nothing():
    shares = {"yes": Share(100, 800_000), "no": Share(40, 300_000)}
    silent = Tally(ALL, **shares)
    handed_in = Tally(ALL, **shares, abstained=Share(40, 300_000), invalid=Share(20, 200_000))

    assert decision_rules.verdict_of_count(ORDINARY, silent) == Verdict.NO_QUORUM
    assert decision_rules.verdict_of_count(ORDINARY, handed_in) == Verdict.LOST


@pytest.mark.parametrize(("over", "under", "more_than"), [(2, 3, False), (3, 4, False), (1, 2, True)])
def test_the_fewest_that_are_enough_are_enough_and_one_less_is_not(over, under, more_than):
    need = decision_rules.Need(over, under, more_than, "")
    for whole in range(1, 400):
        fewest = need.fewest(whole)
        assert need.is_met(fewest, whole) and not need.is_met(fewest - 1, whole)
        assert fewest <= whole
    assert not need.is_met(0, 0)


def test_what_is_missing_is_said_in_words():
    few = Tally(ALL, yes=Share(163, 1_369_000))

    assert decision_rules.quorum_words(ORDINARY, few) == "再有 37 户、2,310 平方米参与才有效"
    assert (
        decision_rules.quorum_words(ORDINARY, tally((200, 1_599_950), (150, 800_000)))
        == "再有 0.5 平方米参与才有效"
    )
    assert (
        decision_rules.quorum_words(ORDINARY, tally((200, 1_600_000), (0, 0))) == "参与的已经够了，表决有效"
    )
    lines = [
        line.words for line in decision_rules.worked_sum(SPECIAL, tally((200, 1_600_000), (149, 1_200_000)))
    ]
    assert lines[0] == "参与表决的业主 200 户，一共 300 户，三分之二以上是 200 户：够"
    assert lines[2] == "同意的业主 149 户，参与的 200 户，四分之三以上是 150 户：不够，差 1 户"


def test_every_item_of_the_article_has_its_rule():
    """民法典第 278 条: items 6 to 8 need three quarters, the others more than half; the other forms are no owners' decision."""
    found = {matter.name: matter.rule for matter in decision_rules.MATTERS}

    assert found == {"opinion": "opinion", "representatives": "representatives"} | {
        f"owners_{number}": "special" if number in (6, 7, 8) else "ordinary" for number in range(1, 10)
    }
    with pytest.raises(ValueError):
        decision_rules.verdict_of_count(decision_rules.RULE_BY_NAME["opinion"], Tally(ALL))


@pytest.mark.parametrize(("change", "field"), [
    ({"yes": Share(301, 800_000)}, "all_heads"), ({"yes": Share(200, 2_400_001)}, "all_area"), ({"all": Share(0, 0)}, "all_heads"),
    ({"all": Share(300, 0)}, "all_area"), ({"no": Share(3, 0)}, "no_area"), ({"invalid": Share(0, 500)}, "invalid_area"),
])  # fmt: skip
def test_numbers_that_cannot_be_are_said_at_their_field(change, field):
    wrong = Tally(ALL, yes=Share(200, 1_600_000))._replace(**change)

    assert field in decision_rules.tally_faults(wrong, DecisionForm.OWNERS)
    assert decision_rules.tally_faults(Tally(ALL, yes=Share(200, 1_600_000)), DecisionForm.OWNERS) == {}


def slow_verdict(votes, approval, strict):
    """Count one paper after the other with fractions of floors, as somebody with a pencil would."""
    came = [vote for vote in votes if vote[1] is not None]
    for measure in (lambda vote: 1, lambda vote: vote[0]):
        whole, part = sum(measure(vote) for vote in votes), sum(measure(vote) for vote in came)
        if whole == 0 or Fraction(part, whole) < Fraction(2, 3):
            return "no_quorum"
    for measure in (lambda vote: 1, lambda vote: vote[0]):
        share = Fraction(
            sum(measure(vote) for vote in came if vote[1] == "yes"), sum(measure(vote) for vote in came)
        )
        if share < approval or (strict and share == approval):
            return "lost"
    return "carried"


def test_ten_thousand_counts_agree_with_a_count_by_fractions():
    chance, seen = random.Random(278), set()
    for _ in range(10_000):
        size = chance.randint(1, 24)
        keen = chance.random()
        votes = [(chance.choice((5_000, 8_952, 9_000, 12_000)), pick(chance, keen)) for _ in range(size)]
        parts = {name: summed(votes, name) for name in ("yes", "no", "abstained", "invalid")}
        counted = Tally(Share(size, sum(area for area, _ in votes)), **parts)
        for rule, approval, strict in ((ORDINARY, Fraction(1, 2), True), (SPECIAL, Fraction(3, 4), False)):
            wanted = slow_verdict(votes, approval, strict)
            assert decision_rules.verdict_of_count(rule, counted) == wanted
            seen.add((rule.name, wanted))

    assert len(seen) == 6


def pick(chance, keen):
    if chance.random() > 0.6 + keen / 2:
        return None
    return "yes" if chance.random() < keen else chance.choice(("yes", "no", "abstained", "invalid"))


def summed(votes, name):
    return sum((Share(1, area) for area, choice in votes if choice == name), Share())
