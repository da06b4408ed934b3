"""Two heads make a topic of one cluster, on real connections: one wins, and no case is in two."""

import pytest
from django.db.models.query import QuerySet

from tests.factories import MONDAY_NOON, reported
from tests.policy.topics import SAID
from tests.races.conftest import all_at_once, fresh, tally
from yige.lib.refusals import Refusal
from yige.topics import actions
from yige.topics.models import Topic, TopicCase, TopicLine

ROUNDS = 40
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cluster(here):
    return [reported(here) for _ in range(3)]


def propose(here, who, cases):
    known = SAID | {"owner": here.team_unit, "cases": cases}
    return actions.propose(here.grid, by=fresh(getattr(here, who)), at=MONDAY_NOON, **known)


def rivals(here, cases):
    """Each sends the cases in another order."""
    return [
        lambda: propose(here, "street_head", cases),
        lambda: propose(here, "community_head", cases[::-1]),
        lambda: propose(here, "desk", [*cases[1:], cases[0]]),
    ]


def forget():
    for model in (TopicLine, TopicCase, Topic):
        model.objects.all().delete()


def test_of_several_heads_one_makes_the_topic_and_the_others_are_told_of_it(here, cluster):
    for _ in range(ROUNDS):
        results = all_at_once(rivals(here, cluster))
        assert tally(results) == {"won": 1, 409: 2}
        assert all("已经列在专题" in each.sentence for each in results if isinstance(each, Refusal))
        assert (Topic.objects.count(), TopicCase.objects.count()) == (1, 3)
        forget()


def test_without_the_lock_they_run_into_each_other(here, cluster, monkeypatch):
    """The negative control: nobody waits, so the index of the database is all that is left to stop the second."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **how: rows)
    unkind = 0
    for _ in range(ROUNDS):
        unkind += tally(all_at_once(rivals(here, cluster))) != {"won": 1, 409: 2}
        assert TopicCase.objects.filter(taken_at=None).count() == 3
        forget()

    assert unkind, "both looked before either wrote"
