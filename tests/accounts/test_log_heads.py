"""The head of the log is published where nobody takes it back, and held against the log each time."""

from datetime import timedelta

import pytest

from tests.audit.sealed_log import add_line, add_lines, as_owner, verdict
from tests.factories import MONDAY_NOON
from yige.accounts import log_heads
from yige.audit import chain, sealer
from yige.audit.models import LogBlock
from yige.notices.models import Notice

DAY = timedelta(days=1)


@pytest.fixture
def file(settings, tmp_path):
    settings.YIGE_HEADS = str(tmp_path / "heads.txt")
    return tmp_path / "heads.txt"


@pytest.fixture
def sealed(here):
    add_lines(3, 4)
    sealer.seal(None)


def told(user):
    return list(Notice.objects.inbox(user).filter(kind="log_seals").values_list("title", flat=True))


def heads_in(file):
    return chain.published_heads(file.read_text().splitlines())


def test_every_new_head_is_appended_once(here, file, sealed):
    first = log_heads.publish(MONDAY_NOON)
    again = log_heads.publish(MONDAY_NOON)
    add_lines(10**3)
    sealer.seal(None)
    log_heads.publish(MONDAY_NOON)

    assert (first, again) == ({"published": 1}, {})
    assert heads_in(file) == list(LogBlock.objects.values_list("number", "head"))[: len(heads_in(file))]
    assert verdict(heads_in(file)).compared == len(heads_in(file)) > 0


def test_the_auditor_gets_a_line_a_day_that_a_verifier_reads(here, file, sealed):
    assert log_heads.tell_auditors(MONDAY_NOON) == {"told": 1}
    assert log_heads.tell_auditors(MONDAY_NOON) == {}

    block = LogBlock.objects.get()
    letter = Notice.objects.inbox(here.auditor).get(kind="log_seals")
    assert chain.published_heads([letter.title]) == chain.published_heads([letter.body]) == [(1, block.head)]
    assert letter.delivery == "waiting"  # it goes out of the house
    assert told(here.system) == told(here.desk) == []


def test_a_log_sealed_anew_or_cut_is_told_the_same_hour(here, file, sealed):
    log_heads.publish(MONDAY_NOON)
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logblock SET head = %s", ["f" * 64])
    found = log_heads.publish(MONDAY_NOON)
    with as_owner() as cursor:
        cursor.execute("DELETE FROM audit_logblock")
    gone = log_heads.publish(MONDAY_NOON + DAY)

    assert (found["mismatch"], gone["mismatch"]) == (2, 2)
    assert told(here.auditor) == told(here.system) == [log_heads.MISMATCH] * 2
    assert len(heads_in(file)) == 2  # what stands there stays there


@pytest.mark.parametrize(("minutes", "who"), [(5, set()), (15, {"system"}), (300, {"system", "auditor"})])
def test_who_is_told_when_the_log_is_not_sealed(here, file, minutes, who):
    add_line(transaction=3, written_at=f"now() - interval '{minutes} minutes'")

    for _ in range(2):
        log_heads.publish(MONDAY_NOON)

    assert {name for name in ("system", "auditor", "desk") if len(told(getattr(here, name))) == 1} == who
