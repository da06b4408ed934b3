"""While the log has not been sealed for four hours nothing unmasked leaves; everything else goes on."""

import re

import pytest
from django.db import connection

from tests.audit.sealed_log import add_line, add_lines, as_owner
from tests.factories import family, reported
from tests.scenes import scene
from yige.audit import sealer
from yige.audit.models import LogEntry
from yige.audit.verbs import RENAMED, TAKING_OUT
from yige.console.admin.rows.audit import VERBS

CLEAR = "19900000001"
LEAVES = re.compile(r"reveal|export|print|fetch|download")
# By these nothing leaves: asking and agreeing, and the log itself, which whoever looks into why needs.
STAYS = {"archive.ask_export", "archive.decide_export", "audit.export"}


@scene
def files(here):
    here.someone = family(here).contact
    reported(here)
    return here


def wait_unsealed(hours):
    add_line(transaction=3, written_at=f"now() - interval '{hours} hours'")


def reveal(client, here, **how):
    client.force_login(here.micro)
    return client.post(
        f"/console/people/{here.someone.pk}/reveal/", {"field": "phone", "reason": "visit"}, **how
    )


def export(client, here):
    client.force_login(here.desk)
    return client.post("/console/cases/export/", {})


def test_reveal_is_refused_beside_its_form_and_comes_back_with_the_sealer(client, files):
    wait_unsealed(5)
    refused = reveal(client, files)
    part = reveal(client, files, HTTP_HX_REQUEST="true")
    sealer.seal(None)
    shown = reveal(client, files)

    for answer in (refused, part):
        assert (answer.status_code, CLEAR in answer.text) == (422, False)
        assert sealer.NOT_SEALED in answer.text
    assert (shown.status_code, CLEAR in shown.text) == (200, True)
    assert LogEntry.objects.filter(verb="archive.reveal").count() == 1


def test_export_without_a_form_is_refused_by_a_calm_page(client, files):
    wait_unsealed(5)
    refused = export(client, files)
    sealer.seal(None)

    assert (refused.status_code, sealer.NOT_SEALED in refused.text) == (503, True)
    assert export(client, files).headers["Content-Disposition"].startswith("attachment")


def test_three_hours_are_a_reason_to_tell_and_none_to_refuse(client, files):
    wait_unsealed(3)

    assert reveal(client, files).status_code == 200
    state = sealer.sealing_state()
    assert (state.number, state.late, state.stopped) == (0, True, False)


def test_everything_else_goes_on(client, files):
    wait_unsealed(5)

    reported(files)

    client.force_login(files.desk)
    assert client.get("/console/cases/").status_code == 200


def test_every_verb_by_which_something_leaves_is_shut():
    assert {verb for verb in VERBS if LEAVES.search(verb)} - set(RENAMED) - STAYS == TAKING_OUT


@pytest.mark.django_db
def test_what_is_old_and_sealed_is_not_late():
    """Nobody worked at night."""
    add_lines(3, 4)
    sealer.seal(None)
    with as_owner() as cursor:
        cursor.execute("UPDATE audit_logentry SET written_at = now() - interval '9 hours'")

    state = sealer.sealing_state()

    assert (state.number, state.total, state.waiting_since) == (1, 2, None)
    assert (state.late, state.stopped, state.moved) == (False, False, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT head FROM audit_logblock")
        assert cursor.fetchone() == (state.head,)
