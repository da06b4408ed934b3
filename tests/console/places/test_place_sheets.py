"""Lists of things and organisations as files at the desk: checked first, taken in once, faults by their row."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.console.places.test_places import enter, shop, thing
from yige.archive.models import Thing
from yige.archive.places.exchange_kinds import KINDS
from yige.lib import sheets


def sheet(*rows):
    blob = sheets.write_xlsx([heading for heading, _ in KINDS["things"].columns], rows)
    return SimpleUploadedFile("things.xlsx", blob)


def row(place="北门", category="01037"):
    return ("", category, "", place, "zz-js-9", "单位bureau", "", "", "", "")


def ready_of(page):
    return page.context["ready"]


def test_file_is_checked_first_and_taken_in_once(here, client):
    enter(client, here.worker)

    checked = client.post("/console/places/things/import/", {"file": sheet(row(), row("南门"))})
    assert (checked.status_code, "检查通过" in checked.text, Thing.objects.count()) == (200, True, 0)
    ready = ready_of(checked)
    done = client.post("/console/places/things/import/do/", {"ready": ready})
    again = client.post("/console/places/things/import/do/", {"ready": ready})

    assert (done.status_code, again.status_code, Thing.objects.count()) == (302, 422, 2)
    assert "已经导入过" in again.text


def test_fault_is_shown_by_its_row_and_nothing_is_ready(here, client):
    enter(client, here.worker)

    page = client.post("/console/places/things/import/", {"file": sheet(row(), row(category="99999"))})

    assert (page.status_code, ready_of(page), Thing.objects.count()) == (422, "", 0)
    assert "请从国家标准的 153 类管理部件里选。" in page.text


def test_column_that_nobody_reads_or_that_is_missing_stops_the_file_beside_its_field(here, client):
    enter(client, here.worker)
    headings, cells = [heading for heading, _ in KINDS["things"].columns], list(row())
    for columns, values, sentence in (
        ([*headings, "备注"], [*cells, "已坏"], "表头“备注”不认识"),
        (headings[:-1], cells[:-1], "表头里少了“纬度”这一列"),
    ):
        file = SimpleUploadedFile("things.xlsx", sheets.write_xlsx(columns, [values]))
        page = client.post("/console/places/things/import/", {"file": file})

        assert (page.status_code, ready_of(page), sentence in page.text) == (422, "", True)
    assert not Thing.objects.exists()


@pytest.mark.parametrize("blob", [b"", b"MZ\x90\x00 renamed", b"PK\x03\x04 broken"])
def test_file_that_is_no_sheet_gets_a_sentence_beside_the_field(here, client, blob):
    enter(client, here.worker)

    page = client.post("/console/places/things/import/", {"file": SimpleUploadedFile("a.xlsx", blob)})

    assert page.status_code == 422
    assert "yg-field__error" in page.text


def test_file_that_another_checked_is_not_taken_in(here, client):
    enter(client, here.worker)
    ready = ready_of(client.post("/console/places/things/import/", {"file": sheet(row())}))
    enter(client, here.grid_head)

    assert client.post("/console/places/things/import/do/", {"ready": ready}).status_code == 422
    assert Thing.objects.count() == 0


@pytest.mark.parametrize("form", ["xlsx", "csv", "nonsense"])
@pytest.mark.parametrize("slug", ["things", "organisations"])
def test_export_holds_the_own_area_alone(here, client, slug, form):
    for made, grid in (("本格", here.grid), ("邻格", here.neighbour_grid)):
        thing(here, place=f"{made}的门", grid=grid)
        shop(here, name=f"{made}的店", grid=grid)
    enter(client, here.worker)

    rows = list(
        sheets.read_sheet(
            BytesIO(client.get(f"/console/places/{slug}/export/?format={form}").content).getvalue()
        )
    )

    assert len(rows) == 1
    assert any("本格的" in cell for cell in rows[0].cells.values())


def test_other_lists_are_no_page(here, client):
    enter(client, here.worker)

    assert client.get("/console/places/people/export/").status_code == 404
