"""Nobody changes a line of the log: not the owner of the tables, not the application's role."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from config.launcher.place import APP, Place
from config.launcher.var import var_folder
from tests.factories import life, reported, town
from yige.audit import database_role
from yige.audit.models import LogEntry

CHANGES = {
    "update": "UPDATE audit_logentry SET verb = 'cases.nothing'",
    "delete": "DELETE FROM audit_logentry",
    "truncate": "TRUNCATE audit_logentry",
}


@contextmanager
def as_application():
    """Give this process the application's own role on a connection of its own."""
    place = Place(var_folder()).database(APP)
    mine = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({name: place[name] for name in mine})
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
        connection.settings_dict.update(mine)


@pytest.fixture
def granted(transactional_db):
    """What installing does: the owner grants the application its rights."""
    if not settings.PRIVATE:
        pytest.skip("the roles of a foreign server are not ours to use")
    database_role.apply(APP)


def refused(cursor, statement):
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        cursor.execute(statement)
    return str(error.value)


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_cannot_change_the_log(here, change):
    reported(here)

    with connection.cursor() as cursor:
        assert "append-only" in refused(cursor, CHANGES[change])

    assert LogEntry.objects.get().verb == "cases.report"


FORBIDDEN = (
    "ALTER TABLE audit_logentry DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_is_append_only ON audit_logentry",
    "DROP TABLE audit_logentry",
    "CREATE TABLE elsewhere (id int)",
    "ALTER TABLE cases_case DROP COLUMN words",
)


def test_the_application_has_no_right_to_change_the_log_or_to_take_its_lock_off(granted):
    reported(town())

    with as_application() as cursor:
        said = {statement: refused(cursor, statement) for statement in (*CHANGES.values(), *FORBIDDEN)}

    assert [
        text for text in said.values() if "permission denied" not in text and "must be owner" not in text
    ] == []
    assert LogEntry.objects.count() == 1


def test_the_application_reads_and_writes_everything_it_needs(granted):
    here = town()

    with as_application():
        case = life(here, until="cleared", contact={"phone": "19900000021"})
        lines = LogEntry.objects.filter(subject_id=str(case.pk), verb="cases.clear").count()

    assert lines == 1


def test_django_cannot_change_the_log_either(here):
    reported(here)
    line = LogEntry.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
