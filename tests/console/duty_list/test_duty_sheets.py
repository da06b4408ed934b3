"""The duty list as a file at the desk: checked with a dry run, taken in once, faults by their row."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.duty_list.rows import in_force
from tests.factories import act, category, life
from yige.duty_list import sheet_rows
from yige.duty_list.models import DutyRow
from yige.lib import sheets
from yige.lib.local_time import local_day

IMPORT = "/console/duties/import/"


@pytest.fixture
def client(client, settings, here):
    category()
    settings.YIGE_SECOND_FACTOR = False
    return client


def sheet(*leads):
    rows = [["公共设施", "路灯不亮", "", lead, "", "街道会定", "", ""] for lead in leads]
    return {"file": SimpleUploadedFile("duties.xlsx", sheets.write_xlsx(sheet_rows.HEADINGS, rows))}


def test_a_file_is_checked_with_a_dry_run_and_taken_in_once(here, client):
    now = timezone.now()
    case = life(here, "accepted", at=now - timedelta(days=3))
    act("dispatch", case, by=here.desk, at=now, unit=here.team_unit)
    client.force_login(here.street_head)
    page = client.post(IMPORT, sheet("单位bureau"))
    assert (page.status_code, page.context["dry"].moved, DutyRow.objects.count()) == (200, 1, 0)
    assert case.number in page.text
    ready = {"ready": page.context["ready"]}
    done, again = (client.post(f"{IMPORT}do/", ready) for _ in range(2))

    assert (done.status_code, again.status_code) == (302, 422)
    assert DutyRow.objects.get().state == "in_force"


def test_a_fault_is_shown_by_its_row_and_nothing_is_ready(here, client):
    client.force_login(here.desk)
    page = client.post(IMPORT, sheet("单位bureau", "没有这家"))

    assert (page.status_code, page.context["ready"], DutyRow.objects.count()) == (422, "", 0)
    assert "没有叫“没有这家”的" in page.text


def test_what_became_wrong_after_the_check_is_not_taken_in(here, client):
    client.force_login(here.desk)
    ready = client.post(IMPORT, sheet("单位property")).context["ready"]
    here.property_unit.active = False
    here.property_unit.save()
    page = client.post(f"{IMPORT}do/", {"ready": ready})

    assert (page.status_code, DutyRow.objects.count()) == (422, 0)


def test_a_file_of_somebody_else_and_no_file_are_sentences(here, client):
    client.force_login(here.desk)
    ready = client.post(IMPORT, sheet("单位bureau")).context["ready"]
    empty = client.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", b"no sheet")})
    assert (empty.status_code, "yg-field__error" in empty.text) == (422, True)
    client.force_login(here.street_head)

    assert client.post(f"{IMPORT}do/", {"ready": ready}).status_code == 422
    assert not DutyRow.objects.exists()


def test_a_column_that_is_not_read_is_said_at_the_file(here, client):
    client.force_login(here.desk)
    row = ["公共设施", "路灯不亮", "", "单位bureau", "", "街道会定", "", "", "夜里也管"]
    blob = sheets.write_xlsx([*sheet_rows.HEADINGS, "备注"], [row])
    page = client.post(IMPORT, {"file": SimpleUploadedFile("d.xlsx", blob)})

    assert (page.status_code, page.context["ready"]) == (422, "")
    assert "表头“备注”不认识" in page.text


def exported(client, here, person, **changed):
    """Return the file that the page exports, with some cells of its only row changed."""
    client.force_login(person)
    (row,) = sheets.read_sheet(client.get("/console/duties/export/").content, known=sheet_rows.HEADINGS)
    cells = [changed.get(name, row.cells[heading]) for heading, name in sheet_rows.COLUMNS]
    return {"file": SimpleUploadedFile("d.xlsx", sheets.write_xlsx(sheet_rows.HEADINGS, [cells]))}


@pytest.mark.parametrize("years", [1, 2])
def test_what_was_exported_and_changed_holds_from_today_and_the_page_says_so(here, client, years):
    now = timezone.now()
    old = in_force(here, at=now - timedelta(days=300 * years))
    file = exported(client, here, here.street_head, basis="新的依据", lead="单位property")
    page = client.post(IMPORT, file)

    assert (page.status_code, page.context["plan"].from_today) == (200, [2])
    assert "没有改“从哪天起”，当作从今天起：第" in page.text
    client.post(f"{IMPORT}do/", {"ready": page.context["ready"]})
    old.refresh_from_db()
    new = DutyRow.objects.exclude(pk=old.pk).get()
    assert (new.lead, new.basis, new.valid_from) == (here.property_unit, "新的依据", local_day(now))
    assert (old.valid_until, new.valid_until, new.state) == (local_day(now), None, "in_force")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"basis": "新的", "valid_from": "2024-01-31"}, "请写今天或以后的日子，空着就是今天"),
        ({"valid_until": "2099-01-01"}, "停用要写理由"),
    ],
)
def test_another_day_of_the_past_and_an_end_without_a_reason_are_not_guessed(here, client, changed, words):
    in_force(here, at=timezone.now() - timedelta(days=300))
    page = client.post(IMPORT, exported(client, here, here.desk, **changed))

    assert (page.status_code, page.context["ready"]) == (422, "")
    assert words in page.text


def test_the_export_is_a_file_that_changes_nothing_when_it_comes_back(here, client):
    in_force(here, at=timezone.now() - timedelta(days=3))
    client.force_login(here.desk)
    blob = client.get("/console/duties/export/").content
    page = client.post(IMPORT, {"file": SimpleUploadedFile("duties.xlsx", blob)})

    assert (len(page.context["plan"].same), page.context["plan"].made) == (1, [])
    assert "完全一样" in page.text
