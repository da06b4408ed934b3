"""The log is sealed behind the horizon: every line once, whoever writes, seals, is killed or restored meanwhile."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from config.launcher.place import APP
from tests.audit.sealed_log import (
    add_line,
    add_lines,
    as_owner,
    seal_the_rest,
    sealed_lines,
    verdict,
    write_lines,
)
from tests.audit.test_append_only import as_application, granted, refused  # noqa: F401
from yige.audit import chain, sealer
from yige.audit.models import LogBlock, LogEntry

pytestmark = pytest.mark.django_db
AHEAD = 2**40


def test_lines_come_in_the_order_of_their_transactions_not_of_their_text(monkeypatch):
    monkeypatch.setattr(sealer, "BLOCK_LINES", 2)
    written = add_lines(10, 9, 100, 99, 8)

    sealer.seal(None)

    assert sealed_lines() == [written[place] for place in (4, 1, 0, 3, 2)]
    assert verdict().whole


def test_blocks_stand_on_each_other_and_never_part_a_transaction(monkeypatch):
    """A block ends between two transactions, and grows for one that is larger than it."""
    monkeypatch.setattr(sealer, "BLOCK_LINES", 3)
    add_lines(3, 4, 5, 5, 5, 5, 5, 6)

    done = sealer.seal(None)

    blocks = list(LogBlock.objects.all())
    assert done == {"blocks": 3, "lines": 8}
    assert [(block.number, block.count, block.total) for block in blocks] == [(1, 2, 2), (2, 5, 7), (3, 1, 8)]
    assert [block.previous for block in blocks] == [chain.CHAIN_START, blocks[0].head, blocks[1].head]
    assert (sealer.seal(None), verdict().whole) == ({}, True)


def test_every_column_of_a_line_is_sealed():
    assert {field.name for field in LogEntry._meta.concrete_fields} == set(chain.LOG_COLUMNS)
    assert len(chain.LOG_COLUMNS) == len(set(chain.LOG_COLUMNS))


def test_odd_moments_are_sealed_too():
    """Raw SQL can write a moment that is none; it must not stop the sealer."""
    for moment in ("'infinity'", "'-infinity'", "'4713-01-01 BC'", "'294276-12-31 23:59:59+00'"):
        add_line(transaction=5, written_at=moment)

    sealer.seal(None)

    assert len(sealed_lines()) == 4
    assert verdict().whole
    assert not sealer.sealing_state().stopped


def test_a_line_of_a_transaction_that_still_runs_is_left_for_the_next_time():
    write_lines(2)
    finished = add_lines(3)

    sealer.seal(None)

    assert sealed_lines() == finished
    assert (verdict().open_lines, verdict().whole) == (2, True)


SERVERS_OWN = {"written_at": "now() - interval '1 day'", "transaction": "'5'", "epoch": "1"}


@pytest.mark.django_db(transaction=True)
def test_the_application_writes_and_seals_but_cannot_say_when_nor_change_a_block(granted):  # noqa: F811
    statement = """
        INSERT INTO audit_logentry (id, at, verb, actor_kind, subject_type, subject_id, fields, purpose, result, fingerprint{})
        VALUES (gen_random_uuid(), now(), 'audit.search', 'staff', '', '', '[]', '', 'done', ''{})
    """
    with as_application() as cursor:
        said = [
            refused(cursor, statement.format(f", {name}", f", {own}")) for name, own in SERVERS_OWN.items()
        ]
        cursor.execute(statement.format("", ""))  # the control: the same line without them
        assert seal_the_rest() == {"blocks": 1, "lines": 1}
        said += [
            refused(cursor, statement)
            for statement in (
                "UPDATE audit_logblock SET head = ''",
                "DELETE FROM audit_logblock",
                "TRUNCATE audit_logblock",
            )
        ]

    assert [text for text in said if "permission denied" not in text] == []
    assert (LogEntry.objects.count(), verdict().whole) == (1, True)


def test_blocks_are_append_only_for_the_owner_too():
    add_lines(3)
    sealer.seal(None)

    for statement in (
        "UPDATE audit_logblock SET head = ''",
        "DELETE FROM audit_logblock",
        "TRUNCATE audit_logblock",
    ):
        with connection.cursor() as cursor:
            assert "append-only" in refused(cursor, statement)


def test_two_blocks_never_stand_on_the_same_one():
    add_lines(3)
    sealer.seal(None)
    block = LogBlock.objects.get()

    block.number = 2
    with pytest.raises(DatabaseError, match="one_block_after_each_block"), transaction.atomic():
        block.save(force_insert=True)


def test_what_was_restored_from_a_database_further_on_is_sealed_in_an_epoch_of_its_own():
    """Lines name transactions that this database has not come to: nothing would seal them, nor what is written now."""
    old = add_lines(AHEAD, AHEAD + 1, 3)
    assert sealer.seal(None) == {}

    call_command("grant", APP, verbosity=0)
    new = [add_line(transaction=4, epoch=2)]
    sealer.seal(None)

    assert sorted(sealed_lines()) == sorted(old + new)
    assert list(LogBlock.objects.values_list("epoch", "closes", "count")) == [
        (1, False, 3),
        (1, True, 0),
        (2, False, 1),
    ]
    write_lines(1)
    assert LogEntry.objects.filter(epoch=2).count() == 2
    assert (verdict().whole, verdict().open_lines) == (True, 1)
    call_command("grant", APP, verbosity=0)
    assert LogBlock.objects.count() == 3


def test_blocks_that_are_ahead_of_the_database_are_seen():
    add_lines(3)
    sealer.seal(None)
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logblock SET to_transaction = %s", [AHEAD])
    add_lines(4)

    assert sealer.sealing_state().moved
    assert sealer.seal(None) == {}
    assert sealer.renew_epoch()
    assert not sealer.sealing_state().moved


def test_no_epoch_begins_where_nothing_was_restored():
    assert not sealer.renew_epoch(restored=True)
    add_lines(3)
    sealer.seal(None)

    assert not sealer.renew_epoch()
    assert LogBlock.objects.count() == 1


def test_a_restore_into_the_same_server_begins_an_epoch_too():
    add_lines(3)
    sealer.seal(None)

    assert sealer.renew_epoch(restored=True)
    assert sealer.seal(None) == {}
    assert verdict().whole
