"""What the owner of the tables does to them, with the triggers off, is found by the command."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.audit.sealed_log import add_line, add_lines, as_owner, seal_the_rest, verdict, write_lines
from yige.audit import offline, sealer
from yige.audit.models import LogBlock, LogEntry

# What is done to the lines of four transactions in two blocks, and what is said of it.
DONE = {
    "deleted": "DELETE FROM audit_logentry WHERE transaction = '4'",
    "changed": "UPDATE audit_logentry SET actor_kind = 'clock' WHERE transaction = '4'",
    "changed fields": "UPDATE audit_logentry SET fields = '[\"phone\"]' WHERE transaction = '6'",
    "changed moment": "UPDATE audit_logentry SET at = at - interval '1 microsecond' WHERE transaction = '5'",
    "changed written": "UPDATE audit_logentry SET written_at = 'infinity' WHERE transaction = '5'",
    "changed epoch": "UPDATE audit_logentry SET epoch = 2 WHERE transaction = '5'",
    "swapped": """UPDATE audit_logentry a SET subject_id = b.subject_id FROM audit_logentry b
        WHERE (a.transaction, b.transaction) IN (('4', '6'), ('6', '4'))""",
    "truncated": "DELETE FROM audit_logentry WHERE transaction >= '5'",
    "truncated all": "TRUNCATE audit_logentry",
    "block": "UPDATE audit_logblock SET total = total + 1 WHERE number = 2",
    "gap": "DELETE FROM audit_logblock WHERE number = 1",
}  # fmt: skip


@pytest.fixture
def sealed(db, monkeypatch):
    monkeypatch.setattr(sealer, "BLOCK_LINES", 2)
    add_lines(3, 4, 5, 6)
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logentry SET subject_id = transaction::text")
    sealer.seal(None)
    assert verdict().whole


@pytest.mark.parametrize("done", DONE)
def test_what_the_owner_does_is_found_and_named(sealed, done):
    with as_owner() as cursor:
        cursor.execute(DONE[done])

    assert set(verdict().counts) == {done.partition(" ")[0]}


def test_a_line_put_into_what_is_sealed_is_found(sealed):
    line = add_line(transaction=4)

    (found,) = verdict().findings
    assert (found.kind, found.line) == ("inserted", line)


def test_a_whole_new_chain_and_a_cut_end_are_found_by_a_published_head(sealed):
    heads = list(LogBlock.objects.values_list("number", "head"))
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_logblock")
        cursor.execute("DELETE FROM audit_logentry WHERE transaction = '3'")
        sealer.seal(None)
        anew = verdict(heads)
        cursor.execute("DELETE FROM audit_logblock WHERE number = 2")
        cursor.execute("DELETE FROM audit_logentry WHERE transaction >= '6'")

    assert set(anew.counts) == {"resealed"} and verdict().whole
    assert set(verdict(heads).counts) == {"resealed", "cut"}


@pytest.mark.django_db(transaction=True)
def test_command_verifies_the_database_and_an_export_of_it(tmp_path, capsys):
    write_lines(3)
    seal_the_rest()
    export, block = tmp_path / "log.jsonl", LogBlock.objects.get()

    call_command("verify_audit", head=[f"封条 1 {block.head}"])
    call_command("verify_audit", out=export)
    call_command("verify_audit", export)
    said = capsys.readouterr().out

    assert said.count("日志没有被动过") == 2 and "公布过的校验码对了 1 个" in said
    assert "最后 1 条刚写下" in said  # that it was taken out is a line too
    assert LogEntry.objects.filter(verb="audit.export").count() == 1
    assert json.loads(export.read_text().splitlines()[-1])[0] == "line"
    with pytest.raises(CommandError, match="没有验成"):
        call_command("verify_audit", out=export)  # what is there is not written over
    with pytest.raises(CommandError, match="没有一行公布过的校验码"):
        call_command("verify_audit", head=["封条 1"])
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logentry SET verb = 'audit.export' WHERE subject_id = '1'")
    line = LogEntry.objects.get(subject_id="1").pk
    with pytest.raises(CommandError, match=f"第一处：第 1 号封条，编号 {line} 的一条被改过"):
        call_command("verify_audit")
    assert offline.verify_export(export, []).whole
