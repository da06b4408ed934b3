"""10,000 elections with several homes, co-owners, proxies and invalid papers, against a count with a pencil."""

import random
from fractions import Fraction

import pytest

from yige.deliberation import decision_rules
from yige.deliberation.ballot_count import count_ballots, rights_of
from yige.deliberation.roll_lines import read_roll


def test_ten_thousand_elections_agree_with_a_count_by_hand():
    chance, seen = random.Random(1259), set()
    for _ in range(10_000):
        homes, papers = election(chance)
        rights = rights_of(homes)
        areas = {each.owners: each.area for each in rights}
        tally = count_ballots(areas, {owners: choice for owners, choice in papers.items() if owners in areas})
        for rule in (decision_rules.RULE_BY_NAME["ordinary"], decision_rules.RULE_BY_NAME["special"]):
            wanted = by_hand(
                homes,
                papers,
                Fraction(1, 2) if rule.name == "ordinary" else Fraction(3, 4),
                rule.name == "ordinary",
            )
            assert decision_rules.verdict_of_count(rule, tally) == wanted
            seen.add((rule.name, wanted))
    assert len(seen) == 6


def election(chance):
    people, keen = range(chance.randint(1, 9)), chance.random()
    homes = [
        (
            chance.sample(people, min(len(people), chance.choice((1, 1, 1, 2)))),
            chance.choice((5_000, 8_952, 9_001)),
        )
        for _ in range(chance.randint(1, 14))
    ]
    owners = {frozenset(each) for each, _ in homes}
    came = [each for each in owners if chance.random() < 0.5 + keen / 2]
    return homes, {
        each: "yes" if chance.random() < keen else chance.choice(("yes", "no", "abstained", "invalid"))
        for each in came
    }


def by_hand(homes, papers, approval, strict):
    """Go through the homes one by one with a list of owners already seen."""
    whole, came, agreed, seen = [0, 0], [0, 0], [0, 0], []
    for owners, area in homes:
        names = sorted(owners)
        new = names not in seen
        seen.append(names)
        choice = next((papers[each] for each in papers if sorted(each) == names), None)
        for box, fits in ((whole, True), (came, choice is not None), (agreed, choice == "yes")):
            box[0] += new and fits
            box[1] += area if fits else 0
    if any(Fraction(part, all_) < Fraction(2, 3) for part, all_ in zip(came, whole, strict=True)):
        return "no_quorum"
    shares = [Fraction(part, all_) for part, all_ in zip(agreed, came, strict=True)]
    return (
        "lost" if any(share < approval or (strict and share == approval) for share in shares) else "carried"
    )


def test_a_ballot_of_nobody_on_the_roll_is_an_error():
    with pytest.raises(KeyError):
        count_ballots({"a": 100}, {"b": "yes"})
    assert read_roll("甲，１２.５")[0][0].area == 1250
