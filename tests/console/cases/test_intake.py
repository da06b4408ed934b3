import re
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import MONDAY_NOON, category, reported
from yige.cases import reporters
from yige.cases.models import Case
from yige.cases.words import State
from yige.grids.models import QrToken
from yige.lib.ids import new_id

KEY = "k" * 24


@pytest.fixture(autouse=True)
def tree(db):
    category()


def said(here, **more):
    return {
        "key": KEY,
        "channel": "hotline",
        "words": "楼上漏水，家里老人摔了一跤",
        "category": "facilities.street-lamp",
        "grid": str(here.grid.pk),
        "place": "3号楼2单元",
        "name": "王阿姨",
        "phone": "138 1234 5678",
        **more,
    }


def send(client, user, data):
    client.force_login(user)
    return client.post("/console/intake/", data)


def test_a_call_becomes_a_case_with_a_receipt(client, here):
    response = send(client, here.intake, said(here))

    case = Case.objects.get()
    assert response.headers["Location"] == f"/console/intake/{case.number}/receipt/"
    assert (case.channel, case.reported_by, case.grid, case.located_by) == (
        "hotline",
        here.intake,
        here.grid,
        "list",
    )
    assert reporters.open_contact(case.reporter)["phone"] == "13812345678"


def test_the_receipt_shows_number_link_and_what_comes_next(client, here):
    send(client, here.intake, said(here))
    case = Case.objects.get()

    text = client.get(f"/console/intake/{case.number}/receipt/").text

    secret = reporters.link_secret_of(case, settings.YIGE_LINK_KEY)
    assert case.number in text and secret[:5] in text and secret[15:] in text
    assert "<svg" in text and "定下谁来办、联系您" in text


@pytest.mark.parametrize("who", ["desk", "street_head", "grid_head", "other_desk", "worker"])
def test_the_receipt_is_for_who_took_it_in_alone(client, here, who):
    send(client, here.intake, said(here))
    client.force_login(getattr(here, who))

    assert client.get(f"/console/intake/{Case.objects.get().number}/receipt/").status_code == 404


@pytest.mark.parametrize("who", ["department", "auditor", "security", "system"])
def test_who_takes_nothing_in_has_no_such_page(client, here, who):
    assert send(client, getattr(here, who), said(here)).status_code == 404
    assert not Case.objects.exists()


def test_an_elder_without_a_phone_may_stay_anonymous(client, here):
    send(client, here.grid_head, said(here, channel="proxy", name="", phone=""))

    assert not hasattr(Case.objects.get(), "reporter")


def test_a_double_tap_is_one_case(client, here):
    first, second = send(client, here.intake, said(here)), send(client, here.intake, said(here))

    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "wrong, words",
    [
        ({"words": "  "}, "请填写这一项。"),
        ({"words": "字" * 2001}, "最多写 2000 个字，现在是 2001 个。"),
        ({"category": "nonsense"}, "请选择一项。"),
        ({"channel": "ledger"}, "请选择一项。"),
        ({"grid": ""}, "请查找并选一个网格。"),
        ({"grid": "nonsense"}, "请重新选一个网格。"),
        ({"grid": str(new_id())}, "这个网格现在没有在用，请重新查找。"),
        ({"phone": "abc"}, "这个电话号码看不懂"),
        ({"phone": "", "call_back": "on"}, "要回电话的，请留一个电话。"),
        ({"settled": "on", "done": "好了"}, "只有自己巡查、走访发现的"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, here, wrong, words):
    response = send(client, here.desk, said(here, **wrong))

    assert response.status_code == 422
    assert words in response.text and "3号楼2单元" in response.text
    assert not Case.objects.exists()


def test_scripts_and_formulas_stay_words(client, here):
    response = send(
        client, here.desk, said(here, words="<script>alert(1)</script>=1+1\x00", place="<b>", grid="")
    )

    assert "<script>alert" not in response.text and "&lt;script&gt;alert(1)" in response.text


def test_something_alike_nearby_is_shown_before_saving(client, here):
    other = reported(here, at=MONDAY_NOON, words="楼上漏水，家里老人摔了一跤")

    asked = send(client, here.intake, said(here))
    sure = send(client, here.intake, said(here, different="1"))

    assert asked.status_code == 422 and other.number in asked.text and "是同一件事吗" in asked.text
    assert sure.status_code == 302 and Case.objects.count() == 2


def test_emergencies_name_whom_to_call_and_are_not_held_up(client, here):
    gas = next(
        leaf
        for leaf in category().parent.__class__.objects.leaves()
        if leaf.urgency == "emergency" and leaf.call_first
    )
    reported(here, at=MONDAY_NOON, words="楼上漏水，家里老人摔了一跤", category=gas)

    client.force_login(here.intake)
    page = client.get("/console/intake/")
    response = send(client, here.intake, said(here, category=gas.slug))

    assert f"（先打 {gas.call_first}）" in page.text
    assert response.status_code == 302


def look_for(client, user, typed, **headers):
    client.force_login(user)
    return client.post(
        "/console/intake/",
        {"key": KEY, "find": "1", "where": typed, "words": "写了一半的话"},
        headers=headers,
    )


def test_places_are_found_by_name_building_and_community(client, here):
    QrToken.objects.create(token="A" * 20, grid=here.micro_grid, place="幸福小区3号楼", issued_at=MONDAY_NOON)

    found = {
        typed: look_for(client, here.intake, typed).text.count('name="grid"')
        for typed in ("幸福小区", "网格zz-js-9x", "zz-js", "没有这个地方", "%", "   ")
    }

    assert found == {"幸福小区": 1, "网格zz-js-9x": 1, "zz-js": 4, "没有这个地方": 0, "%": 0, "   ": 0}


def test_looking_for_a_place_keeps_what_was_typed_and_saves_nothing(client, here):
    text = look_for(client, here.intake, "没有这个地方").text

    assert "写了一半的话" in text and "没有找到“没有这个地方”" in text
    assert not Case.objects.exists()


def test_htmx_gets_the_places_alone(client, here):
    text = look_for(client, here.intake, "zz-js", **{"hx-request": "true"}).text

    assert "<html" not in text and 'name="grid"' in text


def test_ones_own_find_put_right_on_the_spot_is_settled(client, here):
    data = said(here, channel="patrol", name="", phone="", settled="on", done="把倒了的护栏扶正了")

    response = send(client, here.worker, data)

    case = Case.objects.get()
    assert (case.state, case.outcome, case.handler) == (State.CLOSED, "light", here.worker)
    assert response.headers["Location"] == f"/console/cases/{case.number}/"


def test_the_intake_post_cannot_settle(client, here):
    response = send(client, here.intake, said(here, channel="patrol", settled="on", done="好了"))

    assert response.status_code == 422 and not Case.objects.exists()


def test_page_query_count(client, here, django_assert_num_queries):
    client.force_login(here.desk)
    client.get("/console/help/")  # the first request also writes the session

    with django_assert_num_queries(4):
        client.get("/console/intake/")


def picture(colour="teal"):
    blob = BytesIO()
    Image.new("RGB", (40, 30), colour).save(blob, "JPEG")
    return SimpleUploadedFile("street.jpg", blob.getvalue(), "image/jpeg")


def test_photos_are_kept_over_an_error_and_go_with_the_case(client, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first = send(client, here.worker, said(here, channel="patrol", words="", photos=[picture()]))
    [kept] = re.findall(r'name="kept" value="([^"]+)"', first.text)

    send(client, here.worker, said(here, channel="patrol", kept=[kept]))

    assert first.status_code == 422 and "已收下 1 张" in first.text
    assert Case.objects.get().photos.count() == 1


def test_what_is_no_photo_is_said(client, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("paper.jpg", b"%PDF-1.7 no photo at all", "image/jpeg")

    response = send(client, here.worker, said(here, channel="patrol", photos=[paper]))

    assert response.status_code == 422 and not Case.objects.exists()
    assert response.text.count('role="alert"') == 1
