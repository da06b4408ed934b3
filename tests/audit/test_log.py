"""What the log says, and what it must never hold: the words of people."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import MONDAY_NOON, act, life, reported
from yige.accounts.actors import STRANGER, LinkHolder
from yige.audit import log
from yige.audit.models import LogEntry
from yige.cases import reporters
from yige.cases.models import Case, Entry
from yige.lib.refusals import NotAllowed, NotSaid

LATER = MONDAY_NOON + timedelta(hours=3)
CANARY = {"name": "欧阳金丝雀", "phone": "19955554444", "email": "canary@example.org"}
WORDS = "金丝雀的话"


def whole_log():
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(line::text, E'\n') FROM audit_logentry line")
        return cursor.fetchone()[0]


def test_no_word_of_a_person_ever_reaches_the_log(here):
    case = life(here, until="handling", words=WORDS, place=WORDS, contact=CANARY)
    reporter = LinkHolder(case.pk)
    act("add", case, by=reporter, at=LATER, words=WORDS)
    act("ask", case, by=here.worker, at=LATER, kind="parking", words=WORDS, until=LATER + timedelta(days=5))
    act("decline", case, by=here.street_head, at=LATER, words=WORDS)
    act("progress", case, by=here.worker, at=LATER, words=WORDS)
    act("finish", case, by=here.worker, at=LATER, words=WORDS)
    act("close", case, by=here.desk, at=LATER, words=WORDS)
    act("rate", case, by=reporter, at=LATER, contacted=True, solved="no", satisfied="no", words=WORDS)
    reporters.reveal(case, by=here.desk, at=LATER, reason="回访")

    everything = whole_log()

    assert Entry.objects.filter(said__icontains=WORDS).exists()  # it is kept where it belongs
    for leak in (*CANARY.values(), WORDS, "金丝雀", here.worker.name):
        assert leak not in everything
    # Ids, hashes and moments may hold any four digits; an end of a number stands alone or behind a mask.
    assert re.search(rf"(?<![0-9a-f.-]){CANARY['phone'][-4:]}(?![0-9a-f-])", everything) is None


def test_every_act_of_a_life_has_one_line_and_one_entry(here):
    case = life(here, until="cleared")

    acts = [f"cases.{verb}" for verb in case.entries.values_list("verb", flat=True)]
    lines = (
        LogEntry.objects.filter(subject_id=str(case.pk)).order_by("at", "id").values_list("verb", flat=True)
    )

    assert list(lines) == acts
    assert acts[0] == "cases.report"
    assert acts[-2:] == ["cases.rate", "cases.clear"]


def test_line_says_who_did_what_to_which_row_with_which_words_named(here):
    case = act("reject", reported(here), by=here.desk, at=LATER, reason="outside", words="不在本街道")
    line = LogEntry.objects.get(verb="cases.reject")

    assert (line.actor_kind, line.actor_id, line.subject_type, line.subject_id, line.at, line.fields) == (
        "staff", here.desk.pk, "cases.case", str(case.pk), LATER, ["reason", "words"],
    )  # fmt: skip


def test_refused_act_leaves_neither_line_nor_entry(here):
    case = reported(here)
    before = LogEntry.objects.count(), Entry.objects.count()

    with pytest.raises(NotAllowed):
        act(
            "accept",
            case,
            by=here.neighbour_head,
            at=LATER,
            category=case.category,
            urgency="normal",
            nature="public",
        )
    with pytest.raises(NotSaid):
        act("reject", case, by=here.desk, at=LATER, reason="outside", words="")

    assert (LogEntry.objects.count(), Entry.objects.count()) == before


def test_reveal_is_logged_with_its_reason_before_the_value_leaves(here):
    case = life(here, until="handling", contact=CANARY)

    shown = reporters.reveal(case, by=here.worker, at=LATER, reason="联系反映人")

    line = LogEntry.objects.get(verb="cases.reveal")
    assert shown == CANARY | {"earlier": []}
    assert (line.actor_id, line.subject_id, line.purpose) == (here.worker.pk, str(case.pk), "联系反映人")


@pytest.mark.parametrize(
    "who", ["neighbour_head", "neighbour_worker", "auditor", "system", "security", "former", "idle", "micro"]
)
def test_contact_is_not_revealed_to_others(here, who):
    case = life(here, until="handling", contact=CANARY)

    with pytest.raises(NotAllowed):
        reporters.reveal(case, by=getattr(here, who), at=LATER, reason="回访")

    assert not LogEntry.objects.filter(verb="cases.reveal").exists()


def test_reveal_needs_a_reason_of_the_list(here):
    case = life(here, until="handling", contact=CANARY)

    with pytest.raises(NotSaid):
        reporters.reveal(case, by=here.worker, at=LATER, reason="想看看")


def test_contact_is_masked_for_everybody(here):
    case = life(here, until="handling", contact=CANARY)

    shown = reporters.masked_contact(case.reporter)

    assert CANARY["phone"] not in str(shown)
    assert CANARY["name"] not in str(shown)
    assert shown["email"] is True


def test_key_belongs_to_one_person_and_one_verb():
    class Other:
        actor_kind, actor_id = "staff", "somebody"

    assert log.stored_key("cases.add", STRANGER, "k") != log.stored_key("cases.add", Other, "k")
    assert log.stored_key("cases.add", STRANGER, "k") != log.stored_key("cases.urge", STRANGER, "k")
    assert log.stored_key("cases.add", STRANGER, None) is None


def test_fingerprint_tells_words_rows_and_subjects_apart(here):
    one, other = reported(here), reported(here)

    prints = [
        log.fingerprint({"words": "a"}),
        log.fingerprint({"words": "b"}),
        log.fingerprint({"word": "a"}),
        log.fingerprint({"words": "a"}, about=one),
        log.fingerprint({"words": "a"}, about=other),
        log.fingerprint({"into": one}),
        log.fingerprint({"into": other}),
        log.fingerprint({"photos": [one]}),
        log.fingerprint({"photos": [one, other]}),
        log.fingerprint({"blob": b"1"}),
        log.fingerprint({"blob": b"2"}),
        log.fingerprint({}),
    ]

    assert len(set(prints)) == len(prints)
    assert log.fingerprint({"a": 1, "b": 2}) == log.fingerprint({"b": 2, "a": 1})
    assert log.fingerprint({"into": one}) == log.fingerprint({"into": Case.objects.get(pk=one.pk)})


def test_fingerprint_takes_anything_people_can_type():
    assert len(log.fingerprint({"words": "\ud800 😀 \u202e"})) == 64


def test_transaction_of_a_line_is_known_to_the_sealer(here):
    reported(here)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT transaction = pg_current_xact_id(), written_at IS NOT NULL FROM audit_logentry"
        )
        assert cursor.fetchone() == (True, True)
