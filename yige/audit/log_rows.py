"""The log and its blocks as the chain reads them: every column as text, written by the database in one way for ever."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from yige.audit.chain import LOG_COLUMNS, Block

BATCH = 2_000
# Microseconds since 1970: no time zone, no date style; what is no moment keeps its word.
MOMENT = """CASE WHEN isfinite({0}) THEN trunc(extract(epoch FROM {0}) * 1000000)::text
    ELSE ({0} AT TIME ZONE 'UTC')::text END"""
MOMENTS = ("at", "written_at")
LINE = ", ".join(MOMENT.format(name) if name in MOMENTS else f"{name}::text" for name in LOG_COLUMNS)
LINES = f"SELECT {LINE} FROM audit_logentry"  # noqa: S608  names of our own
# By the columns themselves: a bare name here would be that of the text beside it, and 10 would come before 9.
ORDER = "ORDER BY audit_logentry.epoch, audit_logentry.transaction, audit_logentry.id"
BLOCKS = f"""
    SELECT number, form, epoch, from_transaction, to_transaction, count, total, closes, {MOMENT.format("sealed_at")},
        previous, head, leaves
    FROM audit_logblock ORDER BY audit_logblock.number
"""  # noqa: S608


def lines_between(cursor, epoch, begin, end, most=None) -> list[tuple]:
    """Return the lines of a range of transactions in their order, at most so many."""
    cursor.execute(
        f"{LINES} WHERE epoch = %s AND transaction >= %s::text::xid8 AND transaction < %s::text::xid8 {ORDER} LIMIT %s",
        [epoch, str(begin), str(end), most],
    )
    return cursor.fetchall()


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as of one moment, however long it takes, while others go on writing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


def all_lines() -> Iterator[tuple]:
    return _stream(f"{LINES} {ORDER}")


def all_blocks() -> Iterator[Block]:
    for row in _stream(BLOCKS):
        yield Block(*row[:-1], bytes(row[-1]))


def _stream(sql):
    with connection.chunked_cursor() as cursor:
        cursor.itersize = BATCH
        cursor.execute(sql)
        while rows := cursor.fetchmany(BATCH):
            yield from rows
