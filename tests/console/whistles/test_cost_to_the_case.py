"""What a whistle costs the page of its case."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.whistles.joint import sounded
from yige.lib.short_cache import forget_all

AGO = timezone.now().replace(microsecond=0) - timedelta(hours=1)


def statements(client, address):
    """Return how many statements a page takes that nobody has opened a moment ago."""
    client.get(address)
    forget_all()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_whistle_costs_the_page_of_its_case_one_statement(client, here, handled):
    client.force_login(here.desk)
    address = f"/console/cases/{handled.number}/"
    alone = statements(client, address)
    whistle = sounded(here, case=handled, at=AGO).whistle

    assert statements(client, address) <= alone + 1
    assert f"/console/whistles/{whistle.pk}/" in client.get(address).text
