"""One code shown by many browsers at once opens one of them; a mark that is over is taken once too."""

import pytest
from django.core.cache import cache

from tests.races.conftest import ACTORS, all_at_once
from yige.accounts.models import LoginMark

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 100


def winners(act):
    """Return how often each number of browsers won, over all rounds; half begin with a mark that is over."""
    counts = []
    for number in range(ROUNDS):
        name = f"code-{number}"
        if number % 2:
            cache.set(name, "y", -1)
        counts.append(sum(all_at_once([lambda name=name: act(name)] * ACTORS)))
    return counts


def look_then_write(name):
    if cache.get(name) is not None:
        return False
    cache.set(name, "y", 60)
    return True


def test_one_of_many_takes_a_mark(here):
    assert winners(lambda name: cache.add(name, "y", 60)) == [1] * ROUNDS
    assert LoginMark.objects.count() == ROUNDS


def test_looking_before_writing_lets_several_in(here):
    """The negative control: without the one statement the same rounds let several in."""
    assert max(winners(look_then_write)) > 1
