"""Buildings, things and organisations at the desk: who sees what, lists, forms that keep what was typed, files in and out."""

import pytest

from tests.factories import LONG_AGO_NOON, MONDAY_NOON, building, family, home
from tests.markup import said_alone
from yige.accounts.actors import COMMAND
from yige.archive.models import Building, Home, Organisation, Thing
from yige.archive.places.organisations import make_organisation
from yige.archive.places.things import make_thing

AT = MONDAY_NOON


def thing(here, place="3号楼东侧", grid=None, **said):
    said = {"category": "01037", "unit": here.bureau_unit, **said}
    return make_thing(grid or here.grid, by=COMMAND, at=AT, place=place, **said)


def shop(here, name="向阳便民超市", grid=None, **said):
    return make_organisation(grid or here.grid, by=COMMAND, at=AT, name=name, **{"kind": "shop", **said})


def enter(client, person):
    client.force_login(person)
    client.get("/console/help/")  # the first request also writes the session
    return client


# lists


@pytest.mark.parametrize("n", [1, 3])
def test_lists_ask_the_same_number_of_questions(here, client, n, django_assert_num_queries):
    for number in range(n):
        home(here, name=f"{number}号楼")
        thing(here, place=f"门{number}")
        shop(here, name=f"店{number}")
    enter(client, here.grid_head)

    for address, questions, word in (
        ("buildings", 5, "1 套"),
        ("things", 5, "路灯</a>"),
        ("organisations", 5, "店"),
    ):
        with django_assert_num_queries(questions):
            page = client.get(f"/console/{address}/").text
        assert page.count(word) >= n


def test_empty_lists_say_so(here, client):
    enter(client, here.grid_head)

    assert "您的片区还没有登记楼栋。" in client.get("/console/buildings/").text
    assert "没有符合条件的楼栋。" in client.get("/console/buildings/?words=没有").text
    assert "您的片区还没有登记公共部件。" in client.get("/console/things/").text
    assert "没有符合条件的部件。" in client.get("/console/things/?category=01037").text
    assert "您的片区还没有登记单位商户。" in client.get("/console/organisations/").text
    assert "没有符合条件的单位商户。" in client.get("/console/organisations/?kind=shop").text


def test_lists_hold_the_own_area_alone(here, client):
    building(here, path="/zz/js/9x/", name="邻格的楼")
    thing(here, place="邻格的门", grid=here.neighbour_grid)
    shop(here, name="邻格的店", grid=here.neighbour_grid)
    enter(client, here.grid_head)

    pages = "".join(client.get(f"/console/{name}/").text for name in ("buildings", "things", "organisations"))

    assert "邻格的" not in pages


def test_things_are_found_by_code_name_category_state_and_grid(here, client):
    thing(here, place="东门")
    thing(here, place="西门", category="01001")
    gone = thing(here, place="南门", state="removed")
    enter(client, here.street_head)

    def found(query):
        page = client.get(f"/console/things/?{query}").text
        return [place for place in ("东门", "西门", "南门") if place in page]

    assert found("") == ["东门", "西门"]
    assert found("state=all") == ["东门", "西门", "南门"]
    assert found("state=removed") == ["南门"]
    assert found("words=路灯") == ["东门"]
    assert found(f"words={gone.code}&state=all") == ["南门"]
    assert found("category=01001") == ["西门"]
    assert found("category=nonsense&grid=/zz/js/9x/") == []


def test_pages_follow_each_other_and_keep_the_filter(here, client):
    Building.objects.bulk_create(
        Building(grid=here.grid, grid_path="/zz/js/9/", estate="长街", name=f"{number:03}号楼")
        for number in range(51)
    )
    enter(client, here.grid_head)

    first = client.get("/console/buildings/?words=长街").text
    second = client.get("/console/buildings/?words=长街&page=2").text

    assert (first.count("号楼</a>"), second.count("号楼</a>")) == (50, 1)
    assert "words=%E9%95%BF%E8%A1%97&amp;page=2" in first


# one building


def doors(page):
    return said_alone("501", page), "瓶装气" in page, "/console/households/" in page


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("grid_head", (True, True, True)),
        ("worker", (True, True, True)),
        ("micro", (True, True, True)),
        ("registrar", (True, True, True)),
        ("community_head", (False, True, False)),
        ("desk", (False, True, False)),
        ("street_head", (False, True, False)),
        ("member", (False, True, False)),
    ],
)
def test_building_shows_doors_and_files_to_those_who_may(here, client, name, sees):
    family(here, at=LONG_AGO_NOON)
    enter(client, getattr(here, name))

    page = client.get(f"/console/buildings/{Building.objects.get().pk}/").text

    assert doors(page.split("<main", 1)[1]) == (sees[0], True, sees[2])


def test_heads_are_told_how_many_homes_and_nothing_of_one(here, client):
    for number in range(6):
        home(here, room=f"{number + 1}01")
    Home.objects.filter(room="101").update(gas="yes")
    Home.objects.exclude(room="101").update(indoor_charging="yes")
    pk = Building.objects.get().pk

    pages = {}
    for name in ("desk", "worker"):
        page = enter(client, getattr(here, name)).get(f"/console/buildings/{pk}/").text
        pages[name] = ("<dt>用瓶装气</dt>" in page, ">5</dd>" in page, ">6</dd>" in page)

    assert pages == {"desk": (False, False, True), "worker": (True, True, True)}


@pytest.mark.parametrize("n", [1, 3])
def test_building_asks_the_same_number_of_questions(here, client, n, django_assert_num_queries):
    for number in range(n):
        family(here, room=f"{number + 1}01")
        shop(here, name=f"店{number}", building=building(here), grid=here.micro_grid)
    enter(client, here.grid_head)
    address = f"/console/buildings/{Building.objects.get().pk}/"

    with django_assert_num_queries(9):
        page = client.get(address).text

    assert page.count("/console/households/") - page.count('href="/console/households/"') == n


# forms


def test_building_is_registered_once_however_often_it_is_sent(here, client):
    enter(client, here.worker)
    said = {"estate": "向阳小院", "name": "7号楼", "kind": "housing", "grid": here.grid.pk, "key": "k" * 24}

    for _ in range(2):
        page = client.post("/console/buildings/new/", said)

    block = Building.objects.get()
    assert page.headers["Location"] == f"/console/buildings/{block.pk}/"
    assert block.grid == here.grid


def test_form_that_is_refused_keeps_what_was_typed_beside_its_sentence(here, client):
    enter(client, here.worker)
    said = {"category": "01037", "code": "41010699999000001", "place": "北门石墩旁", "grid": here.grid.pk,
            "unit": here.bureau_unit.pk, "state": "sound"}  # fmt: skip

    page = client.post("/console/things/new/", said)

    assert page.status_code == 422
    assert "不是国家标准里的部件类别" in page.text
    assert 'value="北门石墩旁"' in page.text
    assert Thing.objects.count() == 0


def test_grid_of_somebody_else_is_not_offered_and_not_taken(here, client):
    enter(client, here.worker)

    form = client.get("/console/organisations/new/").text
    page = client.post(
        "/console/organisations/new/", {"kind": "shop", "name": "店", "grid": here.neighbour_grid.pk}
    )

    assert str(here.neighbour_grid.pk) not in form
    assert (page.status_code, Organisation.objects.count()) == (422, 0)


def test_home_is_registered_and_corrected(here, client):
    block = building(here)
    enter(client, here.worker)

    client.post(f"/console/buildings/{block.pk}/homes/new/", {"unit": "2单元", "room": "501", "use": "own"})
    dwelling = Home.objects.get()
    client.post(f"/console/homes/{dwelling.pk}/", {"unit": "2", "room": "501", "use": "rent", "gas": "yes"})

    dwelling.refresh_from_db()
    assert (dwelling.door, dwelling.floor, dwelling.use, dwelling.gas) == ("2单元501", 5, "rent", "yes")
    page = client.post(
        f"/console/buildings/{block.pk}/homes/new/", {"unit": "2", "room": "501", "use": "own"}
    )
    assert (page.status_code, "已经登记了这个房号" in page.text) == (409, True)


def test_organisation_is_registered_from_the_page_of_its_building(here, client):
    block = building(here)
    enter(client, here.grid_head)

    client.post(f"/console/organisations/new/?building={block.pk}", {"kind": "shop", "name": "楼下小店"})

    made = Organisation.objects.get()
    assert (made.building, made.grid_path) == (block, "/zz/js/9/1/")
    client.post(f"/console/organisations/{made.pk}/close/", follow=True)
    assert "楼下小店" not in client.get("/console/organisations/").text
    assert "已停业" in client.get(f"/console/organisations/{made.pk}/").text


def test_thing_is_changed_and_removed(here, client):
    made = thing(here)
    enter(client, here.worker)
    said = {
        "name": "路灯",
        "place": "东门",
        "unit": here.bureau_unit.pk,
        "state": "broken",
        "grid": here.grid.pk,
    }

    client.post(f"/console/things/{made.pk}/change/", said)
    client.post(f"/console/things/{made.pk}/remove/")
    again = client.post(f"/console/things/{made.pk}/remove/")

    made.refresh_from_db()
    assert (made.place, made.state, again.status_code) == ("东门", "removed", 409)


def test_micro_worker_sees_but_does_not_change(here, client):
    made = thing(here, grid=here.micro_grid)
    enter(client, here.micro)

    assert "修改" not in client.get(f"/console/things/{made.pk}/").text.split("<main", 1)[1]
    assert client.post(f"/console/things/{made.pk}/remove/").status_code == 404
    assert client.get("/console/things/new/").status_code == 404
