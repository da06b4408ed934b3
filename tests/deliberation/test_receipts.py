"""A receipt verifies for its voter, and a list with one changed, dropped or added vote is found."""

import hashlib
import re
from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.policy.deliberation import COUNT, DECIDED, ORIGIN, voted_on
from yige.deliberation import actions, receipts, voting
from yige.deliberation.models import Ballot, Vote
from yige.lib.local_time import local_day

AT = MONDAY_NOON + timedelta(hours=5)
LATER, CLOSES = AT + DECIDED + timedelta(days=1), AT + DECIDED + timedelta(days=7)
SALTS = [hashlib.sha256(bytes([number])).digest()[:10] for number in range(9)]


def leaves(*choices):
    return [
        receipts.leaf_of(receipts.code_of(salt), "q", choice)
        for salt, choice in zip(SALTS, choices, strict=False)
    ]


def test_a_code_is_eighty_bits_in_groups_of_four():
    codes = {receipts.code_of(salt) for salt in SALTS}

    assert all(re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", code) for code in codes) and len(codes) == len(
        SALTS
    )


@pytest.mark.parametrize("size", range(10))
def test_every_change_of_a_list_changes_its_root(size):
    whole = leaves(*["yes"] * size)[:size]
    root = receipts.root_of(whole)

    assert root == receipts.root_of(whole[::-1]) and bool(root) == bool(whole)
    for at in range(len(whole)):
        changed = [*whole[:at], receipts.leaf_of(receipts.code_of(SALTS[at]), "q", "no"), *whole[at + 1 :]]
        assert receipts.root_of(changed) != root
        assert receipts.root_of(whole[:at] + whole[at + 1 :]) != root
        assert receipts.root_of([*whole, whole[at]]) != root


def test_a_leaf_is_of_its_question_and_its_choice():
    found = {
        receipts.leaf_of(receipts.code_of(SALTS[0]), question, choice)
        for question in ("q", "r")
        for choice in ("yes", "no")
    }

    assert len(found) == 4


def test_the_list_is_fixed_at_the_count_and_a_vote_changed_afterwards_is_found(here):
    row = voted_on(here, AT)
    for number in (1, 2, 3):
        for name in ("desk", "grid_head"):
            voting.enter_paper(
                row, by=getattr(here, name), at=LATER, number=number, choice="yes", origin="paper"
            )
    said = COUNT | ORIGIN | {"source_on": local_day(CLOSES), "words": "照办"}
    actions.record_count(row, by=here.community_head, at=CLOSES, **said)
    vote, ballot = Vote.objects.get(), Ballot.objects.first()

    assert len(vote.leaves) == 3 and vote.root == receipts.root_of(vote.leaves)
    assert all(each.leaf(str(vote.pk)) in vote.leaves for each in Ballot.objects.all())
    ballot.choice = "no"
    assert ballot.leaf(str(vote.pk)) not in vote.leaves
