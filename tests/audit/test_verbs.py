"""The verbs of the log: one tense, each in the table of words, and lines from before a renaming are still found."""

import ast
import hashlib
import re
from datetime import timedelta

import pytest
from django.apps import apps

from tests import factories
from tests.factories import MONDAY_NOON
from tests.house import python, shown
from yige.accounts import oversight
from yige.archive.models import Person
from yige.archive.people import access
from yige.archive.rights import looks
from yige.archive.words import Purpose
from yige.audit import log
from yige.audit.models import LogEntry
from yige.audit.verbs import RENAMED, all_names, current_name
from yige.cases.workflow import MOVES
from yige.console.admin.rows import audit as words
from yige.whistles.words import ACT_LABELS

VERB = re.compile(
    r"(accounts|alliance|archive|audit|bulletins|cases|config|contact|deliberation|duty_list|grids|month_sheets|report_centre|topics|whistles)\.[a-z_]+"
)
# Every verb begins with one of these, as one would order it. Who needs a new one adds it here, in the same tense.
ORDERS = {
    "accept", "activate", "add", "agree", "answer", "appeal", "ask", "assign", "cancel", "change", "clear", "close", "complain",
    "confirm", "contact", "correct", "deactivate", "decide", "decline", "describe", "dismiss", "dispatch", "end", "erase", "escalate",
    "expire", "export", "extend", "fetch", "find", "finish", "follow", "forget", "give", "grant", "hand", "hold", "issue", "join", "judge",
    "keep", "leave", "link", "log", "look", "make", "map", "merge", "move", "name", "object", "offer", "open", "park", "print",
    "progress", "raise", "rate", "redraw", "refuse", "reject", "remind", "remove", "rename", "renew", "reopen", "replace",
    "reply", "report", "reset", "retire", "reveal", "rotate", "save", "search", "send", "separate", "set", "settle", "sign", "start",
    "stop", "supervise", "take", "tell", "transfer", "undo", "unlink", "urge", "verify", "view", "withdraw", "write", "book", "whistle", "arrive", "assess", "audit", "call", "deliver", "drop", "draw", "fix", "lapse", "note", "redo", "release",
    "revoke", "freeze", "shift", "show", "stabilise", "turn", "propose", "hear", "list", "type", "approve", "begin", "screen", "publish", "put", "record", "feed", "enter", "cast", "count", "thank", "fulfil", "claim", "slow",
}  # fmt: skip


def written_verbs():
    """Return every verb that the house hands to the log: in calls, in the tables of the clock, in the moves of a case."""
    found = {f"cases.{move.verb}" for move in MOVES} | {f"whistles.{act}" for act in ACT_LABELS}
    for path in python():
        if not shown(path).startswith(("yige/", "config/management/")) or "/migrations/" in shown(path):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                found |= {each.value for each in node.args if is_verb(each)}
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
                "LOG_VERBS",
                "LOOKS",
            ):
                found |= {each.value for each in (*node.value.keys, *node.value.values) if is_verb(each)}
    return found


def is_verb(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(VERB.fullmatch(node.value))


def test_every_verb_is_an_order_in_the_present():
    verbs = written_verbs()

    assert len(verbs) > 130
    assert {verb for verb in verbs if verb.partition(".")[2].partition("_")[0] not in ORDERS} == set()


def test_every_verb_has_its_words():
    assert written_verbs() - set(words.VERBS) == set()


def test_every_verb_can_be_chosen_in_the_search():
    offered = [verb for _, group in words.choices() for verb, _ in group]

    assert sorted(offered) == sorted(written_verbs() | {"cases.tell_look_backs"})


@pytest.mark.parametrize("app", ["whistles", "duty_list", "month_sheets", "report_centre"])
def test_what_joint_work_is_about_has_a_name_in_the_log(app):
    """What stands in no line of its own is named by the call, or by the case."""
    found = {model._meta.label_lower for model in apps.get_app_config(app).get_models()}

    assert found - set(words.SUBJECTS) <= {
        "month_sheets.sheetrow", "report_centre.typedcell", "whistles.dispute", "whistles.miss", "whistles.stepshift", "whistles.whistlerequest",
    }  # fmt: skip


def test_no_words_stand_for_a_verb_that_nobody_writes():
    """Save those that only old lines have."""
    assert set(words.VERBS) - written_verbs() - set(RENAMED) == {"cases.tell_look_backs"}


def test_nothing_is_written_under_a_former_name():
    assert written_verbs() & set(RENAMED) == set()
    assert len(set(RENAMED.values())) == len(RENAMED)
    assert not set(RENAMED) & set(RENAMED.values())


@pytest.mark.parametrize(("former", "now"), RENAMED.items())
def test_a_former_verb_says_the_same(former, now):
    assert words.VERBS[former] == words.VERBS[now]
    assert current_name(former) == now
    assert all_names(now) == [now, former]


def test_search_finds_lines_from_before_the_renaming(here):
    for verb in ("accounts.make_unit", "accounts.unit_made", "accounts.close_unit"):
        log.write(verb, by=here.security, at=MONDAY_NOON, kind="accounts.unit", pk=here.worker.pk)

    lines = oversight.search_log(here.auditor, MONDAY_NOON, verb="accounts.make_unit")

    assert {line.verb for line in lines} == {"accounts.make_unit", "accounts.unit_made"}
    assert set(oversight.last_changes("accounts.make_unit")) == {str(here.worker.pk)}


def test_resident_reads_looks_from_before_the_renaming(here):
    factories.family(here, at=MONDAY_NOON)
    someone = Person.objects.first()
    seat = access.Seat(here.worker, here.worker.posts.get())
    log.write(
        "archive.revealed", by=seat, at=MONDAY_NOON, kind="archive.person", pk=someone.pk, said={"phone": ""},
        purpose=Purpose.VISIT,
    )  # fmt: skip

    seen = looks.looks(someone)

    assert [line.verb for line in seen] == ["archive.revealed"]


def test_last_act_is_found_under_both_names(here):
    log.write("cases.rule", by=here.system, at=MONDAY_NOON, kind="cases.rulevalue", pk="mark")

    found = log.last("cases.set_rule", since=MONDAY_NOON - timedelta(days=1), until=MONDAY_NOON)

    assert found.verb == "cases.rule"


def test_key_from_before_the_renaming_still_counts(here):
    """A page that was open while the new version was installed is sent again: nothing happens twice."""
    old = hashlib.sha256(f"contact.promised|{here.worker.pk}|a-key".encode()).hexdigest()
    LogEntry.objects.create(
        at=MONDAY_NOON, verb="contact.promised", actor_kind="staff", actor_id=here.worker.pk, key=old,
        subject_type="contact.promise", subject_id="1", fields=[], fingerprint="",
    )  # fmt: skip

    assert log.was_done("contact.make_promise", here.worker, "a-key")


def test_no_verb_of_a_case_takes_a_name_that_the_log_gives_to_something_else():
    """The words of a row would silently stand for what the clock or another verb wrote."""
    assert {f"cases.{move.verb}" for move in MOVES} & set(words.SAID) == set()
