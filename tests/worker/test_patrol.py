"""A round on the phone: who sees it, what two taps do, what is found becomes a case, and nothing is asked of the walker."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.factories import building, category
from tests.markup import one_line
from yige.cases.models import Case, Photo
from yige.contact.models import Look, Patrol, Spot
from yige.steps.s2_discover import actions, planning

START = "/work/patrol/start/"


@pytest.fixture
def walk(here, client, settings, tmp_path):
    """The worker of the grid with an open round of two places."""
    settings.MEDIA_ROOT = tmp_path
    at = timezone.now()
    category()
    here.route = planning.make_route(here.grid, by=here.grid_head, at=at, name="东院一圈")
    said = {"by": here.grid_head, "at": at, "kind": "courtyard", "route": here.route}
    here.yard = planning.make_spot(
        here.micro_grid, name="3号楼院子", hint="看消防通道", building=building(here), **said
    )
    here.shed = planning.make_spot(here.grid, name="充电棚", **said)
    client.force_login(here.worker)
    client.post(START, {"route": here.route.pk})
    here.open = Patrol.objects.get()
    here.base = f"/work/patrol/{here.open.pk}/"
    return here


def test_rounds_say_how_many_places_are_due_and_since_when(walk, client):
    Spot.objects.filter(pk=walk.shed.pk).update(looked_at=timezone.now() - timedelta(days=1))
    actions.finish_patrol(walk.open, by=walk.worker, at=timezone.now())

    page = one_line(client.get("/work/patrol/").text)

    assert "东院一圈" in page
    assert "1 处该看了" in page
    assert "1 处还没有看过" in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_rounds_asks_the_same_number_of_questions(here, client, count, django_assert_num_queries):
    at = timezone.now()
    for number in range(count):
        route = planning.make_route(here.grid, by=here.grid_head, at=at, name=f"第{number}圈")
        planning.make_spot(here.grid, by=here.grid_head, at=at, kind="shop", name=f"店{number}", route=route)
    client.force_login(here.worker)
    client.get("/work/patrol/")  # the first request also writes the session

    with django_assert_num_queries(7):
        page = one_line(client.get("/work/patrol/").text)

    assert page.count("圈”</button>") == count


@pytest.mark.parametrize("count", [1, 3])
def test_open_round_asks_the_same_number_of_questions(here, client, count, django_assert_num_queries):
    at = timezone.now()
    for number in range(count):
        planning.make_spot(here.grid, by=here.grid_head, at=at, kind="shop", name=f"店{number}")
    client.force_login(here.worker)
    patrol = actions.start_patrol(here.grid, by=here.worker, at=at)
    client.get("/work/patrol/")  # the first request also writes the session

    with django_assert_num_queries(5):
        page = one_line(client.get(f"/work/patrol/{patrol.pk}/").text)

    assert page.count("没有问题</button>") == count


def test_grid_without_places_says_who_adds_them(here, client):
    client.force_login(here.worker)

    assert "还没有定巡查地点" in client.get("/work/patrol/").text


@pytest.mark.parametrize("name", ["neighbour_worker", "grid_head", "member"])
def test_round_of_somebody_else_is_not_there(walk, client, name):
    client.force_login(getattr(walk, name))

    opened = [client.get(walk.base).status_code, client.get(f"{walk.base}done/").status_code]
    written = [
        client.post(f"{walk.base}fine/{walk.shed.pk}/").status_code,
        client.post(f"{walk.base}found/{walk.shed.pk}/", {"words": "灯不亮"}).status_code,
        client.post(f"{walk.base}finish/").status_code,
    ]

    assert {*opened, *written} == {404}
    assert (Look.objects.count(), Patrol.objects.get().finished_at) == (0, None)


def test_neighbour_cannot_start_the_route_of_another_grid(walk, client):
    client.force_login(walk.neighbour_worker)

    assert client.post(START, {"route": walk.route.pk}).status_code == 404
    assert client.post(START, {"grid": walk.grid.pk}).status_code == 404
    assert Patrol.objects.count() == 1


@pytest.mark.parametrize("typed", ["x", "", "0"])
@pytest.mark.parametrize("name", ["route", "grid"])
def test_what_is_no_id_names_no_route_and_no_grid(walk, client, name, typed):
    client.force_login(walk.worker)

    assert client.post(START, {name: typed}).status_code == 404
    assert Patrol.objects.count() == 1


def test_stranger_is_asked_to_log_in(client, db):
    assert client.get("/work/patrol/").headers["Location"].startswith("/accounts/login/")


def test_second_start_goes_on_with_the_open_round_and_says_so(walk, client):
    page = client.post(START, {"grid": walk.grid.pk}, follow=True)

    assert (page.redirect_chain[0][0], Patrol.objects.count()) == (walk.base, 1)
    assert "先接着看这一次" in page.text


def test_two_taps_on_fine_are_one_look(walk, client):
    first = client.post(f"{walk.base}fine/{walk.shed.pk}/", follow=True)
    client.post(f"{walk.base}fine/{walk.shed.pk}/")

    assert "已记下：充电棚，没有问题。" in first.text
    assert "看过的 1 处" in first.text
    assert Look.objects.count() == 1


def test_found_opens_with_the_place_filled_in_and_asks_for_words_alone(walk, client):
    page = client.get(f"{walk.base}found/{walk.yard.pk}/").text

    assert 'value="向阳小院 3号楼院子"' in page
    assert re.findall(r'name="(\w+)"[^>]*\srequired', page) == ["words"]


def test_found_with_words_alone_becomes_a_case_with_its_number_on_the_page(walk, client):
    page = client.post(
        f"{walk.base}found/{walk.yard.pk}/",
        {"words": "通道被三轮车堵住", "place": "向阳小院3号楼 北口", "key": "k" * 24},
        follow=True,
    )

    case = Case.objects.get()
    assert (case.grid_path, case.place, case.category.slug) == (
        "/zz/js/9/1/",
        "向阳小院3号楼 北口",
        "other.unsure",
    )
    assert f"编号 {case.number}" in page.text


def test_found_sent_twice_is_one_case(walk, client):
    said = {"words": "通道被堵住", "place": "北口", "key": "k" * 24, "category": "safety.blocked-fire-lane"}

    for _ in range(2):
        client.post(f"{walk.base}found/{walk.yard.pk}/", said)

    assert (Case.objects.count(), Look.objects.get().case) == (1, Case.objects.get())


def test_photo_is_taken_when_there_is_one(walk, client):
    blob = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(blob, "JPEG")
    photo = SimpleUploadedFile("a.jpg", blob.getvalue(), "image/jpeg")

    client.post(f"{walk.base}found/{walk.yard.pk}/", {"words": "堵住了", "key": "k" * 24, "photos": photo})

    assert Photo.objects.get().case == Case.objects.get()


def test_found_without_words_keeps_what_was_typed_and_the_photo(walk, client):
    blob = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(blob, "JPEG")
    photo = SimpleUploadedFile("a.jpg", blob.getvalue(), "image/jpeg")

    page = client.post(
        f"{walk.base}found/{walk.yard.pk}/",
        {"words": " ", "place": "北口第二级台阶", "key": "k" * 24, "photos": photo},
    )

    assert page.status_code == 422
    assert "请填写这一项。" in page.text
    assert 'value="北口第二级台阶"' in page.text
    assert "已收下 1 张" in page.text
    assert Case.objects.count() == 0


def test_file_that_is_no_photo_is_refused_with_a_sentence(walk, client):
    photo = SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg")

    page = client.post(
        f"{walk.base}found/{walk.yard.pk}/", {"words": "堵住了", "key": "k" * 24, "photos": photo}
    )

    assert (page.status_code, Case.objects.count()) == (422, 0)


def test_finish_shows_what_was_looked_at_and_what_became_cases_and_no_pace(walk, client):
    client.post(f"{walk.base}fine/{walk.shed.pk}/", follow=True)
    client.post(f"{walk.base}found/{walk.yard.pk}/", {"words": "堵住了", "key": "k" * 24}, follow=True)

    page = client.post(f"{walk.base}finish/", follow=True)

    assert page.redirect_chain[-1][0] == f"{walk.base}done/"
    assert page.text.count("充电棚") == 1
    assert Case.objects.get().number in page.text
    assert not any(word in page.text for word in ("用时", "平均", "排名", "公里", "分钟"))


def test_finished_round_leads_to_its_summary(walk, client):
    client.post(f"{walk.base}finish/")

    assert client.get(walk.base).headers["Location"] == f"{walk.base}done/"
    assert "这次没有看" in client.get(f"{walk.base}done/").text
    page = client.post(f"{walk.base}fine/{walk.shed.pk}/", follow=True)
    assert "这次巡查已经结束" in page.text
