"""The report form without JavaScript: what is taken in, what is asked back, and that nothing typed is lost."""

import io
import uuid

import pytest
from django.test import Client
from PIL import Image

from tests import factories
from tests.scenes import scene
from yige.cases.models import Case, Photo
from yige.grids.models import QrToken
from yige.portal import links

pytestmark = pytest.mark.django_db
URL = "/report/"


@scene
def here():
    factories.category()
    return factories.town()


@scene
def door(here):
    return QrToken.objects.create(
        token="0123456789ABCDEF", grid=here.micro_grid, place="演示小区3号楼", issued_at=factories.MONDAY_NOON
    )


def said(**more):
    return {"key": str(uuid.uuid4()), "words": "路灯不亮三天了", "place": "3号楼东口", **more}


def send(client, form):
    """Send the form as a browser does, which follows to the page that answers."""
    return client.post(URL, form, follow=True)


def photo(colour="red", size=(60, 40)):
    blob = io.BytesIO()
    Image.new("RGB", size, colour).save(blob, "JPEG")
    blob.seek(0)
    blob.name = "photo.jpg"
    return blob


def test_landing_fills_in_the_place(client, door):
    response = client.get(f"/g/{door.token}/")

    assert response.status_code == 200
    assert "演示小区3号楼" in response.text
    assert f'value="{door.token}"' in response.text
    assert "<select" not in response.text


def test_code_at_the_door_wins(client, door):
    response = client.post(URL, said(code=door.token, lon="113.2", lat="34.8"))

    case = Case.objects.get()
    assert response.status_code == 302
    assert (case.grid, case.located_by, case.lon) == (door.grid, "qr", None)
    assert response["Location"].startswith(f"/c/{case.number}/")
    assert response["Location"].endswith("/sent/")


def test_grid_from_the_list(client, here):
    send(client, said(grid=str(here.grid.pk)))

    case = Case.objects.get()
    assert (case.grid, case.located_by, case.category.slug) == (here.grid, "list", "other.unsure")


def test_sent_page_shows_number_code_and_link(client, door):
    response = send(client, said(code=door.token))

    case = Case.objects.get()
    assert case.number in response.text
    assert f"/c/{case.number}/" in response.text
    assert "当天" in response.text
    assert "no-store" in response["Cache-Control"]


def test_emergency_is_told_whom_to_call_first(client, door):
    response = send(client, said(code=door.token, category="safety.fire-smoke"))

    assert "119" in response.text.split("编号")[0]


def test_anonymous_report_keeps_nobody(client, door):
    send(client, said(code=door.token))

    assert not hasattr(Case.objects.get(), "reporter")


def test_phone_is_sealed_and_not_shown(client, door):
    response = send(client, said(code=door.token, phone="１３８ 0000-1234"))

    assert Case.objects.get().reporter.phone_sealed
    assert "13800001234" not in response.text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("words", "", "请写一写是什么问题"),
        ("words", " \n ", "请写一写是什么问题"),
        ("words", "字" * 20_000, "最多写 2000 个字，现在是 20000 个"),
        ("place", "号" * 201, "最多写 200 个字"),
        ("phone", "打我电话", "这个电话号码看不懂"),
        ("email", "no@", "这个邮箱地址看不懂"),
        ("category", "no.such", "请重新选一下类别"),
        ("call_back", "on", "要回电话的，请留一个电话"),
        ("lon", "abc", "还没有送出"),
    ],
)
def test_wrong_answer_is_said_beside_its_field_and_kept(client, here, field, value, sentence):
    response = send(client, said(grid=str(here.grid.pk), **{field: value}))

    assert response.status_code == 422
    assert sentence in response.text
    assert not Case.objects.exists()
    if field != "words":
        assert "路灯不亮三天了" in response.text
    if field != "category":
        assert value.strip()[:200] in response.text


def test_missing_place_is_asked_for(client, here):
    response = send(client, said(place=""))

    assert response.status_code == 422
    assert "请选一个网格" in response.text
    assert "请写一下具体在哪里" in response.text


def test_point_in_the_sea_is_a_question(client, here):
    response = send(client, said(lon="125.0", lat="30.0", accuracy="20"))

    assert response.status_code == 422
    assert "这个位置不在本辖区" in response.text


def test_point_in_the_sea_with_a_chosen_grid_is_dropped(client, here):
    send(client, said(lon="125.0", lat="30.0", grid=str(here.grid.pk)))

    assert Case.objects.values_list("grid_path", "lon", "lat").get() == ("/zz/js/9/", None, None)


@pytest.mark.parametrize(
    "words",
    [
        "=HYPERLINK(1)",
        "<script>alert(1)</script>",
        "😀👨‍👩‍👧路灯",
        "a\x00b\x0bc",
        "'; DROP TABLE x;--",
        "{{ 7*7 }}",
    ],
)
def test_odd_words_are_taken_as_words(client, door, words):
    send(client, said(code=door.token, words=words))

    case = Case.objects.get()
    assert case.words == words.replace("\x00", "").replace("\x0b", "")
    page = client.get(f"/c/{case.number}/{links.secret(case)}/")
    assert "<script>alert" not in page.text


@pytest.mark.parametrize("token", ["0000000000000000", "x", "%F0%9F%98%80", "A" * 300])
def test_unknown_code_leaves_a_way_to_report(client, here, token):
    response = client.get(f"/g/{token}/")

    assert response.status_code == 404
    assert "这个二维码用不了了" in response.text
    assert 'href="/report/"' in response.text


def test_retired_code_says_so_and_replaced_code_leads_on(client, door):
    newer = QrToken.objects.create(token="FEDCBA9876543210", grid=door.grid, issued_at=factories.MONDAY_NOON)
    door.retired_at = factories.MONDAY_NOON
    door.save()

    assert client.get(f"/g/{door.token}/").status_code == 404
    door.replaced_by = newer
    door.save()
    assert newer.token in client.get(f"/g/{door.token}/").text


def test_report_with_a_retired_code_asks_for_the_grid(client, door):
    QrToken.objects.update(retired_at=factories.MONDAY_NOON)

    response = send(client, said(code=door.token))

    assert response.status_code == 422
    assert "请选一个网格" in response.text


def test_photos_are_kept_when_something_else_is_wrong(client, door):
    first = said(code=door.token, words="")
    response = send(client, {**first, "photos": [photo("red"), photo("blue")]})
    digests = [kept.digest for kept in response.context["gathered"]]

    assert response.status_code == 422
    assert client.get(f"/report/photo/{first['key']}/{digests[0]}/").getvalue().startswith(b"\xff\xd8\xff")
    send(client, {**first, "words": "现在写了", "kept": digests[:1]})
    assert Case.objects.get().photos.count() == 1


def test_what_is_no_photo_is_said_and_the_rest_kept(client, door):
    fake = io.BytesIO(b"<?php evil();")
    fake.name = "photo.jpg"

    response = send(client, {**said(code=door.token), "photos": [photo(), fake]})

    assert response.status_code == 422
    assert "这个文件不是照片" in response.text
    assert len(response.context["gathered"]) == 1
    assert not Case.objects.exists()


def test_seven_photos_are_too_many(client, door):
    response = send(client, {**said(code=door.token), "photos": [photo(size=(8, 8 + n)) for n in range(7)]})

    assert response.status_code == 422
    assert "最多 6 张" in response.text


def test_double_tap_makes_one_case(client, door):
    form = said(code=door.token)

    first = client.post(URL, {**form, "photos": [photo()]})
    second = client.post(URL, {**form, "photos": [photo()]})

    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert Photo.objects.count() == 1


def test_same_key_with_other_words_is_refused(client, door):
    form = said(code=door.token)
    send(client, form)

    response = send(client, {**form, "words": "完全不同的一件事情"})

    assert response.status_code == 409
    assert Case.objects.count() == 1
    assert "完全不同的一件事情" in response.text


def test_flood_from_one_phone_waits_and_keeps_its_words(client, door):
    client.get(URL)
    for number in range(6):
        client.post(URL, said(code=door.token, words=f"第{number}件：{'甲乙丙丁戊己'[number] * 9}"))

    response = client.post(URL, said(code=door.token, words="第七件事"))

    assert response.status_code == 429
    assert "请等" in response.text
    assert "第七件事" in response.text


def test_neighbour_behind_the_same_address_does_not_wait(client, door):
    client.get(URL)
    for number in range(7):
        client.post(URL, said(code=door.token, words=f"第{number}件：{'甲乙丙丁戊己庚'[number] * 9}"))
    neighbour = Client()
    neighbour.get(URL)

    assert neighbour.post(URL, said(code=door.token, words="隔壁的另外一件事")).status_code == 302


def test_report_page_query_count(client, door, django_assert_max_num_queries):
    client.get(f"/g/{door.token}/")

    with django_assert_max_num_queries(3):
        client.get(f"/g/{door.token}/")
