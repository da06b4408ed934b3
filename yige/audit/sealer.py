"""The one writer of blocks: lines that nobody can add to any more are chained, each once, after the act and beside it.

A line belongs to the transaction that wrote it. What is below the horizon (the oldest transaction that still runs) is
finished, so a range of transactions that ends there can be sealed: nothing will ever appear in it. Whoever is killed
leaves no half block, and of two sealers one waits for nothing and goes. Rule: docs/adr/0048.
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from yige.audit import chain
from yige.audit.log_rows import MOMENT, lines_between
from yige.audit.models import LogBlock, LogEntry
from yige.lib.refusals import NotNow

BLOCK_LINES = 10_000
EVER = 2**63 - 1
STOPPED_HOURS = 4
LATE_MINUTES = 10
NOT_SEALED = (
    f"操作日志已经 {STOPPED_HOURS} 个小时没有封存，现在看了什么以后证明不了。"
    "没有遮住的内容和名单先不给看、不给导出，请告诉系统管理员；封存恢复后马上可以看。"
)
TURN = "SELECT {}(hashtext('yige.audit.sealer'), hashtext(current_schema()))"
HORIZON = f"""
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, now.at, {MOMENT.format("now.at")}
    FROM (SELECT statement_timestamp() AS at) now
"""  # noqa: S608
# Lines whose transaction this database has not come to: they were written by another one and restored here.
FOREIGN = """
    SELECT EXISTS (
        SELECT FROM audit_logentry WHERE epoch = %s AND transaction >= pg_snapshot_xmax(pg_current_snapshot())
            AND transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()
    )
"""
STATE = f"""
    SELECT last.number, last.total, last.head, last.sealed_at, first.at, coalesce(first.old, false)
            OR (last.moved AND last.sealed_at < statement_timestamp() - interval '{STOPPED_HOURS} hours'),
        coalesce(first.late, false), coalesce(last.moved, false)
    FROM (SELECT) nothing
    LEFT JOIN LATERAL (
        SELECT number, total, head, sealed_at, CASE WHEN closes THEN epoch + 1 ELSE epoch END AS epoch,
            CASE WHEN closes THEN 0 ELSE to_transaction END AS place,
            NOT closes AND to_transaction > pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS moved
        FROM audit_logblock ORDER BY number DESC LIMIT 1
    ) last ON true
    LEFT JOIN LATERAL (
        SELECT CASE WHEN isfinite(written_at) THEN written_at END AS at,
            written_at < statement_timestamp() - interval '{STOPPED_HOURS} hours' AS old,
            written_at < statement_timestamp() - interval '{LATE_MINUTES} minutes' AS late
        FROM audit_logentry
        WHERE (epoch, transaction) >= (coalesce(last.epoch, 1), coalesce(last.place, 0)::text::xid8)
        ORDER BY epoch, transaction LIMIT 1
    ) first ON true
"""  # noqa: S608


class SealingState(NamedTuple):
    """How far the log is sealed: the last block (0: none yet), since when a line waits, and whether that is too long.

    `late` is to be told, `stopped` shuts the doors through which unmasked words leave, `moved` says that the database
    was restored elsewhere and its owner has to begin a new epoch (`yige grant`).
    """

    number: int
    total: int
    head: str
    sealed_at: datetime | None
    waiting_since: datetime | None
    stopped: bool
    late: bool
    moved: bool


def sealing_state() -> SealingState:
    """Return how far the log is sealed, by the clock of the database; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        number, total, head, sealed_at, since, stopped, late, moved = cursor.fetchone()
    return SealingState(
        number or 0, total or 0, head or "", sealed_at, since, bool(stopped), late or moved, moved
    )


def refuse_when_stopped() -> None:
    """Nothing unmasked leaves while nobody could prove later that it left."""
    if sealing_state().stopped:
        raise NotNow(NOT_SEALED)


def seal(at) -> Counter:
    """Seal all lines below the horizon, block by block, each in a transaction of its own; count blocks and lines."""
    done = Counter()
    while (block := seal_next()) is not None:
        done += Counter(blocks=1, lines=block.count)
    return done


@transaction.atomic
def seal_next() -> LogBlock | None:
    """Seal the next block; None when nothing is below the horizon, or somebody else is sealing."""
    with connection.cursor() as cursor:
        cursor.execute(TURN.format("pg_try_advisory_xact_lock"))
        if not cursor.fetchone()[0]:
            return None
        # The horizon is taken first: what is below it now is seen by every later statement.
        cursor.execute(HORIZON)
        horizon, *now = cursor.fetchone()
        last = _last()
        if is_foreign(cursor, last, horizon):
            return None
        return _seal_below(cursor, last, horizon, now)


def renew_epoch(*, restored=False) -> bool:
    """Begin to count transactions anew where the log was restored from another database; run as the owner.

    Everything that came along is sealed, whatever transaction it names. Nobody writes meanwhile.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TURN.format("pg_advisory_xact_lock"))
        cursor.execute("LOCK TABLE audit_logentry IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(HORIZON)
        horizon, *now = cursor.fetchone()
        last = _last()
        if not (restored or is_foreign(cursor, last, horizon)) or not (last or LogEntry.objects.exists()):
            return False
        while block := _seal_below(cursor, last, EVER, now):
            last = block
        _close(last, now)
        epoch = _epoch(last) + 1
        cursor.execute(f"ALTER TABLE audit_logentry ALTER COLUMN epoch SET DEFAULT {epoch}")
    return True


def is_foreign(cursor, last, horizon) -> bool:
    """Say whether lines or blocks come from a database that was further in its count of transactions than this one."""
    if last and not last.closes and last.to_transaction > horizon:
        return True
    cursor.execute(FOREIGN, [_epoch(last)])
    return cursor.fetchone()[0]


def _last():
    return LogBlock.objects.defer("leaves").order_by("-number").first()


def _epoch(last):
    return last.epoch + last.closes if last else 1


def _begin(last):
    return 0 if last is None or last.closes else last.to_transaction


def _seal_below(cursor, last, horizon, now):
    """Write one block of the lines from where the last ended up to the horizon, or None; transactions stay whole."""
    epoch, begin, end = _epoch(last), _begin(last), horizon
    lines = lines_between(cursor, epoch, begin, end, BLOCK_LINES + 1)
    if not lines:
        return None
    if len(lines) > BLOCK_LINES:
        end = int(lines[-1][2])
        if end == int(lines[0][2]):
            end += 1
            lines = lines_between(cursor, epoch, begin, end)
        else:
            lines = [cells for cells in lines if int(cells[2]) < end]
    elif horizon == EVER:
        end = int(lines[-1][2]) + 1
    return _write(last, now, epoch, begin, end, lines)


def _close(last, now):
    """Write the block that ends an epoch; it holds no line."""
    begin = _begin(last)
    return _write(last, now, _epoch(last), begin, begin + 1, [], closes=True)


def _write(last, now, epoch, begin, end, lines, closes=False):
    sealed_at, text = now
    number, total, head = (last.number, last.total, last.head) if last else (0, 0, chain.CHAIN_START)
    leaves = b"".join(chain.leaf_of(cells) for cells in lines)
    block = chain.Block(
        number + 1,
        chain.FORM,
        epoch,
        begin,
        end,
        len(lines),
        total + len(lines),
        closes,
        text,
        head,
        "",
        leaves,
    )
    return LogBlock.objects.create(
        number=block.number, form=block.form, epoch=epoch, from_transaction=begin, to_transaction=end,
        count=block.count, total=block.total, closes=closes, sealed_at=sealed_at, previous=head,
        head=chain.head_of(block), leaves=leaves,
    )  # fmt: skip
