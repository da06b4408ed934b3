"""A kept connection is looked at before a request: a dead one is found, a living one is not asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def line(db):
    """A connection of its own, as a web process keeps one."""
    other = connection.copy()
    other.connect()
    yield other
    other.close()


def test_a_living_line_is_usable_and_asked_nothing(line, monkeypatch):
    monkeypatch.setattr(line.connection, "cursor", None)

    assert line.is_usable() is True


def test_a_line_that_the_server_ended_is_not_usable_and_is_made_anew(line):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [line.connection.info.backend_pid])
    line.health_check_enabled, line.health_check_done = True, False

    assert line.is_usable() is False
    with CaptureQueriesContext(line), line.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_a_closed_line_is_not_usable(line):
    line.connection.close()

    assert line.is_usable() is False
