"""Two administrators at the same moment: the rules of separation hold all the same."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from tests import factories
from tests.factories import MONDAY_NOON as AT
from yige.accounts import actions
from yige.accounts.models import Post, User
from yige.lib.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(*acts):
    """Do these at the same moment, each on its own connection; return what each refused to do, or None."""
    start = Barrier(len(acts))

    def one(act):
        try:
            start.wait(timeout=10)
            act()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_posts_that_exclude_each_other_are_never_both_given():
    here = factories.town()
    second = factories.staff("second", "security_admin", "/zz/", here.street_unit)

    for number in range(ROUNDS):
        person = factories.user(f"person{number}")
        said = {"at": AT, "unit": here.street_unit, "path": "/zz/", "since": AT.date()}
        refused = at_once(
            partial(actions.give_post, person, by=here.security, role="auditor", **said),
            partial(actions.give_post, person, by=second, role="desk", **said),
        )

        assert person.posts.count() == 1
        assert sum(refusal is not None for refusal in refused) == 1


def test_two_keepers_who_end_each_other_leave_one():
    here = factories.town()
    for number in range(ROUNDS):
        other = factories.staff(f"keeper{number}", "security_admin", "/zz/", here.street_unit)
        standing = {"security": User.objects.get(pk=here.security.pk), "other": User.objects.get(pk=other.pk)}
        posts = {name: user.posts.filter(until=None).get() for name, user in standing.items()}

        at_once(
            partial(actions.end_post, posts["other"], by=standing["security"], at=AT),
            partial(actions.end_post, posts["security"], by=standing["other"], at=AT),
        )

        left = Post.objects.held_on(AT.date()).filter(role="security_admin")
        assert left.count() == 1
        here.security = left.get().user
