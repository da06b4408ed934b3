"""The duty roster as a file: what is wrong is said by its row and nothing is written; out and in again changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yige.accounts.models import Shift
from yige.accounts.shift_sheets import HEADINGS
from yige.lib import sheets
from yige.lib.local_time import local

ADDRESS = "/console/duty-roster/import/"
DAY = timedelta(days=1)


def row(
    here,
    *,
    days=1,
    unit="单位bureau",
    name="李夜班",
    user="",
    phone="19900000009",
    hours=12,
    begins=None,
    note="",
):
    moment = local(here.now) + days * DAY
    begins = begins or f"{moment:%Y-%m-%d %H:%M}"
    return [unit, name, user, phone, begins, f"{moment + timedelta(hours=hours):%Y-%m-%d %H:%M}", note]


def send(client, *rows, headings=HEADINGS):
    return client.post(ADDRESS, {"file": SimpleUploadedFile("a.xlsx", sheets.write_xlsx(headings, rows))})


def test_rows_of_many_units_are_taken_in_and_once(client, here):
    client.force_login(here.desk)
    rows = [
        row(here),
        row(here, unit="单位property"),
        row(here, name="某department", phone="19900000008", days=2),
    ]
    answers = [send(client, *rows) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Shift.objects.filter(begins_at__gt=here.now).count() == 3
    assert Shift.objects.get(user=here.department).name == ""


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"unit": "没有的单位"}, "没有“没有的单位”这个单位"), ({"unit": ""}, "没有写单位"), ({"unit": "单位street_z"}, "不归您排班"),
    ({"phone": "门卫"}, "请写手机号"), ({"phone": ""}, "请写手机号"), ({"user": "worker"}, "没有“worker”这个账号"),
    ({"begins": "明天"}, "“开始”（明天）认不出来"), ({"begins": "2026-02-30 20:00"}, "认不出来"), ({"hours": 80}, "一班最长 72 小时"),
    ({"hours": -1}, "结束要晚于开始"), ({"days": -3}, "已经过去了"), ({"days": 0, "name": "金丝雀值班", "phone": "19955550001"}, "只排一班"),
    ({"name": ""}, "或者写姓名"), ({"note": "好" * 61}, "最多 60 个字"),
])  # fmt: skip
def test_what_is_wrong_is_said_by_its_row_and_nothing_is_written(client, here, wrong, sentence):
    client.force_login(here.desk)
    page = send(client, row(here, name="赵早班"), row(here, **wrong))

    assert page.status_code == 422
    assert [fault.row for fault in page.context["faults"]] == [3] and sentence in page.text
    assert Shift.objects.count() == 1


def test_the_same_person_twice_in_one_file_is_found_in_its_second_row(client, here):
    client.force_login(here.desk)
    page = send(client, row(here), row(here, hours=10))

    assert ([fault.row for fault in page.context["faults"]], Shift.objects.count()) == ([3], 1)


def test_a_unit_need_not_name_itself_and_may_name_no_other(client, here):
    client.force_login(here.department)

    assert send(client, row(here, unit="", name="周班")).status_code == 302
    assert send(client, row(here, unit="单位property")).status_code == 422


def test_what_is_taken_out_can_be_taken_in_again(client, here):
    client.force_login(here.department)
    out = client.get("/console/duty-roster/units/bureau/export/")
    cells = [line.cells for line in sheets.read_sheet(out.content, known=HEADINGS)]

    assert [(line["姓名"], line["电话"]) for line in cells] == [("金丝雀值班", "19955550001")]
    assert client.post(ADDRESS, {"file": SimpleUploadedFile("b.xlsx", out.content)}).status_code == 302
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("blob", [b"", b"MZ\x90\x00 renamed", b"PK\x03\x04 broken", "单位,姓名\n".encode()])
def test_a_file_that_is_no_roster_gets_a_sentence_beside_the_field(client, here, blob):
    client.force_login(here.desk)
    page = client.post(ADDRESS, {"file": SimpleUploadedFile("a.xlsx", blob)})

    assert (page.status_code, "yg-field__error" in page.text) == (422, True)


def test_a_column_that_is_missing_is_named(client, here):
    client.force_login(here.desk)
    page = send(client, ["单位bureau", "李夜班"], headings=HEADINGS[:2])

    assert (page.status_code, "少了“开始”“结束”" in page.text) == (422, True)


@pytest.mark.parametrize("who", ["grid_head", "worker", "intake", "idle"])
def test_nobody_else_takes_in_a_file(client, here, who):
    client.force_login(getattr(here, who))

    assert send(client, row(here)).status_code in (403, 404)
