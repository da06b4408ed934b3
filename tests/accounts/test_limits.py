"""What is counted outlives a crash, and counting alone waits for no disk."""

import pytest
from django.db import connection, transaction

from tests.factories import MONDAY_NOON
from yige.accounts.limits import LIMITS, SITE, take_turn, take_turns
from yige.lib.refusals import TooOften

pytestmark = pytest.mark.django_db


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def test_no_table_is_emptied_by_a_crash_of_the_database():
    """Whoever had used up the tries would get all of them back (docs/adr/0038)."""
    unlogged = asked("SELECT relname FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'")

    assert unlogged == []


@pytest.mark.django_db(transaction=True)
def test_only_a_count_alone_waits_for_no_disk():
    take_turn("link.device", "phone", at=MONDAY_NOON)
    after = asked("SHOW synchronous_commit")
    with transaction.atomic():
        take_turns([("link.device", "phone"), ("link.address", "net")], at=MONDAY_NOON)
        inside = asked("SHOW synchronous_commit")

    assert (after, inside) == (["on"], ["on"])


def test_a_site_of_ipv6_may_do_as_much_as_four_of_its_networks():
    near, site = LIMITS["sign_in.address"], LIMITS["sign_in.site"]
    for _ in range(site.burst):
        take_turn("sign_in.site", "2001:db8:1::", at=MONDAY_NOON)

    with pytest.raises(TooOften):
        take_turn("sign_in.site", "2001:db8:1::", at=MONDAY_NOON)
    assert (site.burst, site.seconds) == (near.burst * SITE, near.seconds / SITE)
