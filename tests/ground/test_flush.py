"""Transactional tests clean up behind themselves although the log refuses to be emptied."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

GUARD = """
CREATE TABLE guarded_notes (words text);
CREATE FUNCTION refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'this table only grows'; END $$;
CREATE TRIGGER only_grows BEFORE TRUNCATE ON guarded_notes EXECUTE FUNCTION refuse_emptying();
"""


@pytest.fixture
def guarded(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(GUARD)
        cursor.execute("INSERT INTO guarded_notes VALUES ('kept')")
        yield cursor
        cursor.execute("DROP TABLE guarded_notes; DROP FUNCTION refuse_emptying")


def test_flush_passes_a_guard_that_stands_again_afterwards(guarded, monkeypatch):
    tables = connection.introspection.django_table_names

    with monkeypatch.context() as more:
        more.setattr(
            connection.introspection, "django_table_names", lambda **how: [*tables(**how), "guarded_notes"]
        )
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    guarded.execute("SELECT count(*) FROM guarded_notes")
    assert guarded.fetchone() == (0,)
    with pytest.raises(DatabaseError, match="only grows"):
        guarded.execute("TRUNCATE guarded_notes")
