"""Two phones for one right, and votes that come while it is counted, on real connections: nothing twice, nothing lost."""

from datetime import timedelta

import pytest
from django.db.models.query import QuerySet

from tests.factories import MONDAY_NOON
from tests.policy.deliberation import DECIDED, owner_of_501, voted_on
from tests.races.conftest import all_at_once, fresh, tally
from yige.accounts.actors import Resident
from yige.cases import rules
from yige.deliberation import ballots, voting
from yige.deliberation.models import Ballot, Decision, Deliberation, DeliberationLine, Vote, VotingRight

ROUNDS = 100
AT = MONDAY_NOON + timedelta(hours=5)
CLOSES = AT + DECIDED + timedelta(days=7)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vote(here, monkeypatch):
    monkeypatch.setattr(rules, "value", lambda name: 1)
    here.person = owner_of_501(here)
    here.row = voted_on(here, AT)
    return VotingRight.objects.get(number=1)


def cast(here, right, at=CLOSES - timedelta(seconds=1), choice="yes"):
    by = Resident(here.person.pk, here.person.household_id)
    return voting.cast_ballot(right, by=by, at=at, choice=choice, person=here.person)


def count(here):
    return voting.count_vote(here.row, by=fresh(here.community_head), at=CLOSES, words="照结果办")


def reset():
    Ballot.objects.all().delete()
    Decision.objects.all().delete()
    DeliberationLine.objects.filter(verb="count_vote").delete()
    Vote.objects.update(counted_at=None)
    Deliberation.objects.update(stage="met", shown_at=None, shown_until=None)


def test_two_phones_for_one_right_give_one_ballot_and_a_sentence(here, vote):
    for _ in range(ROUNDS):
        results = all_at_once([lambda: cast(here, vote, choice="yes"), lambda: cast(here, vote, choice="no")])
        assert tally(results) == {"won": 1, 409: 1}
        assert Ballot.objects.count() == 1
        Ballot.objects.all().delete()


def lost_or_counted(here, vote):
    """Let a vote come while it is counted; return (what the voter was told, ballots kept, ballots in the count)."""
    results = all_at_once([lambda: cast(here, vote), lambda: count(here)])
    assert Decision.objects.count() == 1
    decision = Decision.objects.get()
    kept = Ballot.objects.count()
    taken_in = isinstance(results[0], VotingRight)
    reset()
    return taken_in, kept, decision.yes_heads


def test_a_vote_that_was_taken_in_while_it_was_counted_is_in_the_count(here, vote):
    seen = set()
    for _ in range(ROUNDS):
        taken_in, kept, counted = lost_or_counted(here, vote)
        assert int(taken_in) == kept == counted
        seen.add(taken_in)
    assert seen


def test_without_the_lock_a_vote_is_taken_in_and_not_counted(here, vote, monkeypatch):
    """The negative control: nobody waits for the vote, so a ballot is written behind the back of the count."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    wait = ballots.count_ballots

    def slowly(areas, papers):
        import time

        time.sleep(0.02)
        return wait(areas, papers)

    monkeypatch.setattr(ballots, "count_ballots", slowly)
    lost = sum(kept != counted for _, kept, counted in (lost_or_counted(here, vote) for _ in range(ROUNDS)))

    assert lost, "the ballot came after it was read and before the vote was closed"
