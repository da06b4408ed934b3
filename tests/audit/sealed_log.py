"""Lines for the tests of the sealed log, and what an owner of the tables can do to them."""

import time
from collections import Counter
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from tests.factories import MONDAY_NOON
from yige.accounts.actors import COMMAND
from yige.audit import log, log_rows, sealer
from yige.audit.chain import marks_of
from yige.audit.verifying import verify

MOST_SECONDS = 240
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


def seal_the_rest():
    """Seal what nobody holds up any more; another database of the server may run a long transaction meanwhile."""
    done, until = Counter(), time.monotonic() + MOST_SECONDS
    while True:
        done += Counter(sealer.seal(None))
        if verdict().open_lines == 0 or time.monotonic() > until:
            return done
        time.sleep(0.2)


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
