"""Lines for the tests of the sealed log, and what an owner of the tables can do to them."""

from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from tests.factories import MONDAY_NOON
from yige.accounts.actors import COMMAND
from yige.audit import log, log_rows
from yige.audit.chain import marks_of
from yige.audit.verifying import verify

GUARDED = ("audit_logentry", "audit_logblock")


def write_lines(count):
    """Write lines, each by an act of its own."""
    for number in range(count):
        with transaction.atomic():
            log.write(
                "audit.search",
                by=COMMAND,
                at=MONDAY_NOON,
                kind="audit.logentry",
                pk=number,
                said={"since": number},
            )


def sealed_lines():
    return [str(UUID(bytes=id)) for block in log_rows.all_blocks() for id in marks_of(block.leaves)]


def verdict(heads=()):
    return verify(list(log_rows.all_blocks()), list(log_rows.all_lines()), heads)


@contextmanager
def as_owner():
    """What the owner of the tables can do: take the triggers off, and put them on again."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield cursor
        finally:
            for table in GUARDED:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def add_line(*, transaction, epoch=1, written_at="now()"):
    """A line as the owner can make it, of whatever transaction and moment; returns its id.

    With a small transaction it is below the horizon although the test has not committed it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO audit_logentry (id, at, written_at, transaction, epoch, verb, actor_kind, subject_type,
                subject_id, fields, purpose, result, fingerprint)
            VALUES (gen_random_uuid(), now(), {written_at}, '{transaction}', {epoch}, 'audit.search', 'staff', '',
                '', '[]', '', 'done', '') RETURNING id::text"""
        )
        return cursor.fetchone()[0]


def add_lines(*transactions):
    return [add_line(transaction=number) for number in transactions]
