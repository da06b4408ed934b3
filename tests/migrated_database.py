"""The database that those of the tests are copied from: migrated once for a set of migrations, kept in the cluster.

Migrating takes longer than most files of tests; copying takes a tenth of a second.
"""

import hashlib
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings

PREFIX = "yige_migrated_"
TURN = 7_101_137  # the advisory lock under which one of two workers migrates and the other waits
YIGE = Path(__file__).parent.parent / "yige"


def prepare_database(connection) -> str:
    """Return the name of a database that holds every migration, made when it is not there yet."""
    name = PREFIX + _fingerprint()
    with connection._nodb_cursor() as cursor, _turn(cursor):
        if name not in _names(cursor):
            _make(connection, cursor, name)
    return name


def copy_in_turn(creation) -> None:
    """Let the workers copy one after the other, each waiting as long as it takes."""
    plain = creation._execute_create_test_db

    def create(cursor, *given, **more):
        with _turn(cursor):
            plain(cursor, *given, **more)

    creation._execute_create_test_db = create


def _fingerprint():
    """What a migrated database follows from: our migrations, and the libraries that bring their own."""
    digest = hashlib.sha256()
    for path in sorted(YIGE.glob("*/migrations/**/*")):
        if path.suffix in (".py", ".sql"):
            digest.update(path.read_bytes())
    for line in sorted(f"{one.name} {one.version}" for one in distributions()):
        digest.update(line.encode())
    return digest.hexdigest()[:16]


@contextmanager
def _turn(cursor):
    cursor.execute("SET lock_timeout = 0")
    cursor.execute("SET statement_timeout = 0")
    cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])


def _names(cursor):
    cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
    return [name for (name,) in cursor.fetchall()]


def _make(connection, cursor, name):
    """Migrate a draft and give it its name at the end: one that was broken off is never copied."""
    for old in _names(cursor):
        cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
    own, wanted = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = PREFIX + "draft"
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        connection.close()
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = own
        connection.settings_dict["TEST"]["NAME"] = wanted
    cursor.execute(f'ALTER DATABASE "{PREFIX}draft" RENAME TO "{name}"')
