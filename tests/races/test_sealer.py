"""Many write, two seal, one is cut off again and again: every committed line is in exactly one block."""

import random
import time
from collections import Counter

import pytest
from django.db import OperationalError, connection, transaction

from tests.audit.sealed_log import add_line, seal_the_rest, sealed_lines, verdict
from tests.factories import MONDAY_NOON
from tests.races.conftest import all_at_once
from yige.accounts.actors import COMMAND
from yige.audit import log, sealer
from yige.audit.models import LogEntry

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ACTS = 5, 40


def write_slowly(over):
    """Acts of which some take long: their lines appear later than lines that were written after them."""
    lot = random.Random()
    for number in range(ACTS):
        with transaction.atomic():
            log.write("audit.search", by=COMMAND, at=MONDAY_NOON, kind="audit.logentry", pk=number)
            time.sleep(lot.choice([0, 0, 0, 0.002, 0.02]))
            if not lot.randrange(20):
                transaction.set_rollback(True)
    over.append(1)


def until_over(over, act):
    while len(over) < WRITERS:
        act()
        time.sleep(0.001)


def race(*others):
    """Run the writers beside these others, each again and again until the writers are through."""
    over = []
    acts = [lambda: write_slowly(over)] * WRITERS
    results = all_at_once(acts + [lambda other=other: until_over(over, other) for other in others])
    assert [result for result in results if isinstance(result, Exception)] == []


def written():
    return Counter(str(pk) for pk in LogEntry.objects.values_list("pk", flat=True))


def test_two_sealers_beside_many_writers_seal_every_line_once(here):
    race(lambda: sealer.seal(None), lambda: sealer.seal(None))
    seal_the_rest()

    assert Counter(sealed_lines()) == written()
    assert len(written()) > WRITERS * ACTS * 0.8
    assert (verdict().whole, verdict().open_lines) == (True, 0)


def test_a_cursor_over_ids_loses_lines(here):
    """The negative control: the same writers, and a sealer that takes whatever stands behind the last id it saw."""
    seen, last = [], ["00000000-0000-0000-0000-000000000000"]

    def take():
        rows = LogEntry.objects.filter(pk__gt=last[0]).order_by("pk").values_list("pk", flat=True)
        found = [str(pk) for pk in rows]
        seen.extend(found)
        last[0] = found[-1] if found else last[0]

    race(take)
    take()

    assert set(written()) - set(seen)


def test_a_sealer_that_is_cut_off_at_any_moment_leaves_no_half_block(here, monkeypatch):
    """Its connection is ended by the server, wherever it stands; the next one goes on."""
    monkeypatch.setattr(sealer, "BLOCK_LINES", 10)
    cut = []

    def seal_or_die():
        try:
            sealer.seal(None)
        except OperationalError:
            connection.close()
            cut.append(1)

    def cut_off():
        time.sleep(random.uniform(0, 0.01))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )

    race(seal_or_die, cut_off)
    seal_the_rest()

    assert cut, "nobody was cut off: this proves nothing"
    assert Counter(sealed_lines()) == written()
    assert verdict().whole


def test_a_transaction_that_runs_long_holds_the_seal_and_nobody_else(here):
    """What it wrote and what came after waits; the acts themselves do not."""
    late = []

    def hold():
        with transaction.atomic():
            log.write("audit.search", by=COMMAND, at=MONDAY_NOON, kind="audit.logentry", pk="long")
            time.sleep(0.5)

    def write_beside():
        time.sleep(0.1)
        begun = time.monotonic()
        with transaction.atomic():
            log.write("audit.search", by=COMMAND, at=MONDAY_NOON, kind="audit.logentry", pk="short")
        late.append(time.monotonic() - begun)
        late.append(sealer.seal(None))

    add_line(transaction=3)
    all_at_once([hold, write_beside])
    after = seal_the_rest()

    assert late[0] < 0.4
    assert late[1] in ({"blocks": 1, "lines": 1}, {})
    assert after["lines"] >= 2 and len(sealed_lines()) == LogEntry.objects.count()
