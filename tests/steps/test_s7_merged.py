from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON, act, life, path_to, reported
from tests.scenes import scene
from yige.accounts.actors import LinkHolder
from yige.lib.refusals import Conflict

LATER = MONDAY_NOON + timedelta(hours=3)
SOLVED = {"contacted": True, "solved": "yes", "satisfied": "yes"}
NOT_SOLVED = {"contacted": True, "solved": "no", "satisfied": "no", "words": "我这边还是黑的"}


@scene
def pair(here):
    """One case and the case that was merged into it."""
    leader, merged = reported(here), reported(here)
    return leader, act("merge", merged, by=here.desk, at=LATER, into=leader)


def test_who_was_merged_in_cannot_rate_what_is_still_handled(here, pair):
    with pytest.raises(Conflict, match="还在办"):
        act("rate", pair[1], by=LinkHolder(pair[1].pk), at=LATER, **SOLVED)


def test_who_was_merged_in_has_a_rating_of_his_own(here, pair):
    leader, merged = pair
    leader = life(here, until="closed", case=leader, at=LATER)

    rated = act("rate", merged, by=LinkHolder(merged.pk), at=LATER, **SOLVED)

    leader.refresh_from_db()
    assert (rated.state, leader.state) == ("merged", "closed")
    assert (merged.ratings.get().solved, leader.ratings.count()) == ("yes", 0)


def test_not_solved_from_who_was_merged_in_reopens_the_other_case_once(here, pair):
    leader, merged = pair
    leader = life(here, until="closed", case=leader, at=LATER)

    for _ in range(2):  # a double tap
        act("rate", merged, by=LinkHolder(merged.pk), at=LATER, key="m" * 24, **NOT_SOLVED)

    leader.refresh_from_db()
    assert (leader.state, leader.reopen_no) == ("accepted", 1)
    assert leader.entries.filter(verb="reopen").get().said["words"] == "我这边还是黑的"


def test_each_round_has_one_rating_of_who_was_merged_in(here, pair):
    leader, merged = pair
    leader = life(here, until="closed", case=leader, at=LATER)
    act("rate", merged, by=LinkHolder(merged.pk), at=LATER, **NOT_SOLVED)
    leader.refresh_from_db()
    for verb, by, said in path_to("closed", here, leader)[1:]:  # a reopened case is accepted already
        leader = act(verb, leader, by=by, at=LATER + timedelta(hours=1), **said)

    act("rate", merged, by=LinkHolder(merged.pk), at=LATER + timedelta(hours=9), **SOLVED)

    with pytest.raises(Conflict, match="已经评价过"):
        act("rate", merged, by=LinkHolder(merged.pk), at=LATER + timedelta(hours=9), **SOLVED)
    assert list(merged.ratings.order_by("round").values_list("round", "solved")) == [(0, "no"), (1, "yes")]
