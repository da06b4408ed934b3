"""Notices that were written with a link to a page still open that page."""

from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories import MONDAY_NOON, reported
from tests.scenes import scene
from yige.notices.models import Notice
from yige.web.subject_pages import resident_page, staff_page

BEFORE, AFTER = [("notices", "0002_residents")], [("notices", "0003_subject_kind")]


def go_to(state):
    executor = MigrationExecutor(connection)
    executor.migrate(state)
    return executor.loader.project_state(state).apps.get_model("notices", "Notice")


@scene
def old_rows(here):
    """The table as it was; whatever the test does to it is rolled back."""
    case = reported(here)
    Notice.objects.all().delete()
    connection.check_constraints()
    return go_to(BEFORE), case


def test_old_notices_open_the_pages_they_were_written_for(old_rows):
    old, case = old_rows
    request = uuid4()
    links = {
        f"/console/cases/{case.number}/": case.pk,
        f"/console/requests/{request}/": request,
        "/console/account/": None,
        "/console/follow-ups/": None,
        "/console/promises/": None,
        "/work/appointments/": None,
    }
    for link, pk in links.items():
        old.objects.create(
            kind="any", audience="staff", user_id=uuid4(), subject_id=pk, link=link, title=link,
            created_at=MONDAY_NOON,
        )  # fmt: skip
    old.objects.create(
        kind="any", audience="staff", user_id=uuid4(), title="/console/inbox/", created_at=MONDAY_NOON
    )

    go_to(AFTER)

    pages = {notice.title: staff_page(notice) for notice in Notice.objects.all()}
    assert pages == {link: link for link in (*links, "/console/inbox/")}


@pytest.mark.parametrize(
    ("audience", "kind", "subject_kind"),
    [
        ("reporter", "case", "case"),
        ("area", "area", "case"),
        ("resident", "request", "rights_request"),
        ("resident", "sign_in", "sign_in_code"),
    ],
)
def test_old_notices_of_others_say_what_they_are_about(old_rows, audience, kind, subject_kind):
    old, case = old_rows
    old.objects.create(kind=kind, audience=audience, subject_id=case.pk, title="旧的", created_at=MONDAY_NOON)

    go_to(AFTER)

    assert Notice.objects.get().subject_kind == subject_kind
    assert audience != "resident" or resident_page(Notice.objects.get()).startswith("/my/")
