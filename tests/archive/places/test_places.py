"""Buildings, homes, things and organisations through the verbs: who may, what each bad input gets, what a move takes along."""

from datetime import date, timedelta

import pytest
import shapely

from tests.factories import MONDAY_NOON, building, family, grid, home
from yige.accounts.actors import COMMAND
from yige.archive.models import Building, Home, Household, Organisation, Person, Thing
from yige.archive.places.buildings import change_building, change_home, floor_of, make_building, make_home
from yige.archive.places.organisations import change_organisation, close_organisation, make_organisation
from yige.archive.places.things import change_thing, make_thing, remove_thing
from yige.audit.models import LogEntry
from yige.grids.actions import redraw
from yige.lib.refusals import Conflict, NotAllowed, NotSaid

AT = MONDAY_NOON
OUTSIDERS = ("neighbour_head", "neighbour_worker", "other_registrar", "desk", "micro", "member", "department", "system", "idle", "former")  # fmt: skip
KEEPERS = ("community_head", "grid_head", "worker", "registrar")


def thing(here, by=None, place="3号楼东侧", **said):
    said = {"category": "01037", "unit": here.bureau_unit, **said}
    return make_thing(said.pop("grid", here.grid), by=by or here.worker, at=AT, place=place, **said)


def shop(here, by=None, name="向阳便民超市", **said):
    said = {"kind": "shop", **said}
    return make_organisation(said.pop("grid", here.grid), by=by or here.worker, at=AT, name=name, **said)


def drawn(here):
    """Draw the grid of the town, so that a point lies in it."""
    redraw(here.grid, by=COMMAND, at=AT - timedelta(days=9), shape=shapely.to_wkb(shapely.box(113.28, 34.80, 113.29, 34.81)))  # fmt: skip
    return here


# who may


@pytest.mark.parametrize("name", KEEPERS)
def test_those_of_the_area_and_its_registrar_keep_places(here, name):
    by = getattr(here, name)

    block = make_building(here.grid, by=by, at=AT, estate="向阳小院", name="7号楼")
    thing(here, by=by)
    shop(here, by=by)

    counts = [model.objects.count() for model in (Building, Thing, Organisation)]
    assert (block.name, counts) == ("7号楼", [1, 1, 1])
    assert LogEntry.objects.filter(verb="archive.make_thing", actor_id=by.pk).count() == 1


@pytest.mark.parametrize(
    ("name", "may"), [("grid_head", True), ("worker", True), ("registrar", True), ("community_head", False)]
)
def test_what_is_behind_a_door_is_written_by_those_who_may_open_the_files_there(here, name, may):
    block, by = building(here), getattr(here, name)

    try:
        make_home(block, by=by, at=AT, room="501")
    except NotAllowed:
        assert not may

    assert Home.objects.filter(building=block).count() == may


@pytest.mark.parametrize("name", OUTSIDERS)
def test_nobody_else_writes_here(here, name):
    by, block, dwelling = getattr(here, name), building(here), home(here)
    lamp, store = thing(here), shop(here)
    lines = LogEntry.objects.count()

    for act in (
        lambda: make_building(here.grid, by=by, at=AT, estate="别处", name="1号楼"),
        lambda: change_building(block, by=by, at=AT, name="8号楼"),
        lambda: make_home(block, by=by, at=AT, room="999"),
        lambda: change_home(dwelling, by=by, at=AT, use="rent"),
        lambda: thing(here, by=by),
        lambda: change_thing(lamp, by=by, at=AT, state="broken"),
        lambda: remove_thing(lamp, by=by, at=AT),
        lambda: shop(here, by=by),
        lambda: change_organisation(store, by=by, at=AT, name="别的店"),
        lambda: close_organisation(store, by=by, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert LogEntry.objects.count() == lines


# buildings and homes


def test_building_says_what_is_wrong_at_each_field(here):
    with pytest.raises(NotSaid) as refused:
        make_building(here.grid, by=here.worker, at=AT, estate=" ", name="号" * 51, kind="ship", units=0, floors=900, lon=113.0)  # fmt: skip

    assert set(refused.value.fields) == {"estate", "name", "kind", "units", "floors", "lat"}


def test_building_without_grid_takes_it_from_its_point(here):
    drawn(here)

    made = make_building(
        None, by=here.worker, at=AT, estate="向阳小院", name="7号楼", lon=113.285, lat=34.805
    )

    assert made.grid == here.grid


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ({}, "请选一个网格"),
        ({"lon": 120.0, "lat": 30.0}, "不在任何网格里"),
        ({"lon": 500.0, "lat": 30.0}, "经纬度不对"),
        ({"lon": float("nan"), "lat": 30.0}, "经纬度不对"),
    ],
)
def test_building_that_stands_nowhere_is_refused(here, where, sentence):
    drawn(here)

    with pytest.raises(NotSaid) as refused:
        make_building(None, by=here.worker, at=AT, estate="向阳小院", name="7号楼", **where)

    assert any(sentence in said for said in refused.value.fields.values())


def test_point_in_another_grid_than_the_chosen_one_is_refused(here):
    drawn(here)

    with pytest.raises(NotSaid, match="在另一个网格里"):
        make_building(here.neighbour_grid, by=here.neighbour_head, at=AT, estate="小区", name="1号楼", lon=113.285, lat=34.805)  # fmt: skip


def test_building_has_its_name_once_in_an_estate(here):
    building(here)

    with pytest.raises(Conflict, match="同名的楼栋"):
        make_building(here.grid, by=here.worker, at=AT, estate="向阳小院", name="3号楼")


def test_building_that_changes_its_grid_takes_homes_households_and_people_along(here):
    made = family(here)

    change_building(building(here), by=here.community_head, at=AT, grid=here.neighbour_grid)

    assert Home.objects.get().grid_path == "/zz/js/9x/"
    assert Household.objects.get(pk=made.pk).grid == here.neighbour_grid
    assert set(Person.objects.values_list("grid_path", flat=True)) == {"/zz/js/9x/"}


def test_building_does_not_go_to_a_grid_beyond_the_own_reach(here):
    with pytest.raises(NotAllowed):
        change_building(building(here), by=here.grid_head, at=AT, grid=here.neighbour_grid)


@pytest.mark.parametrize(
    ("room", "floor"),
    [("501", 5), ("1203", 12), ("12", None), ("5A1", None), ("001", None), ("１０１", 1), ("10603", None)],
)
def test_floor_is_read_from_a_plain_room_number(room, floor):
    assert floor_of(room) == floor


def test_home_is_written_as_people_say_it(here):
    made = make_home(
        building(here), by=here.worker, at=AT, unit="２单元", room="501室", use="rent", gas="yes"
    )

    assert (made.unit, made.room, made.floor, made.use, made.gas) == ("2", "501", 5, "rent", "yes")
    with pytest.raises(Conflict, match="已经登记了这个房号"):
        make_home(building(here), by=here.worker, at=AT, unit="2", room="501")


def test_home_says_what_is_wrong_at_each_field(here):
    with pytest.raises(NotSaid) as refused:
        make_home(building(here), by=here.worker, at=AT, room="", floor=200, use="palace", gas="maybe")

    assert set(refused.value.fields) == {"room", "floor", "use", "gas"}


def test_home_keeps_what_is_not_named(here):
    made = make_home(building(here), by=here.worker, at=AT, room="501", gas="yes", escape_clear="no")

    change_home(made, by=here.worker, at=AT, use="rent")

    made.refresh_from_db()
    assert (made.use, made.gas, made.escape_clear) == ("rent", "yes", "no")


# things


def test_thing_gets_the_next_serial_of_its_division_and_category(here):
    first, second, other = thing(here), thing(here), thing(here, category="01001")

    assert [row.code for row in (first, second, other)] == [
        "41010601037000001",
        "41010601037000002",
        "41010601001000001",
    ]
    assert (first.name, other.name, first.since) == ("路灯", "供水井盖", date(2026, 3, 2))


def test_serial_of_a_removed_thing_is_not_given_again(here):
    remove_thing(thing(here), by=here.worker, at=AT)

    assert thing(here).code == "41010601037000002"
    with pytest.raises(Conflict, match="已经登记为移除"):
        remove_thing(Thing.objects.get(state="removed"), by=here.worker, at=AT)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("4101060103700001", "17 位数字"),
        ("４１０１０６０１０３７００００a1", "17 位数字"),
        ("41010501037000001", "区划代码 410106"),
        ("41010699037000001", "不是国家标准里的部件类别"),
        ("41010601001000001", "和所选的 01037 不一样"),
        ("41010601037000000", "从 000001 开始"),
    ],
)
def test_code_that_is_wrong_gets_its_sentence(here, code, sentence):
    with pytest.raises(NotSaid) as refused:
        thing(here, code=code)

    assert sentence in refused.value.fields["code"]


def test_code_in_full_width_is_taken_and_given_once(here):
    assert thing(here, code="４１０１０６０１０３７００００４２").code == "41010601037000042"
    with pytest.raises(Conflict, match="这个标识码已经有了"):
        thing(here, code="41010601037000042")

    assert thing(here).code == "41010601037000043"


def test_thing_says_what_is_wrong_at_each_field(here):
    with pytest.raises(NotSaid) as refused:
        thing(here, category="99999", place="", unit=None, state="gone", since=AT.date() + timedelta(days=1))

    assert set(refused.value.fields) == {"category", "place", "unit", "state", "since"}


def test_change_of_a_thing_is_dated_and_its_code_stays(here):
    made = thing(here)

    change_thing(made, by=here.worker, at=AT + timedelta(days=1), state="broken")

    made.refresh_from_db()
    assert (made.state, made.changed_on, made.code) == ("broken", date(2026, 3, 3), "41010601037000001")


# organisations


def test_organisation_says_what_is_wrong_at_each_field(here):
    with pytest.raises(NotSaid) as refused:
        shop(here, kind="club", name="", code="91410100MA0000001I", phone="call me", services="好" * 201)

    assert set(refused.value.fields) == {"kind", "name", "code", "phone", "services"}


def test_organisation_takes_its_grid_from_its_building(here):
    made = shop(here, grid=None, building=building(here))

    assert made.grid == grid("/zz/js/9/1/")


def test_credit_code_is_checked_and_given_once(here):
    code = with_check_sign("91410100MA0000001")
    assert shop(here, code=code.lower()).code == code

    with pytest.raises(Conflict, match="已经登记过了"):
        shop(here, name="另一家", code=code)
    with pytest.raises(NotSaid, match="校验位不对"):
        shop(here, name="第三家", code=code[:17] + ("0" if code[17] != "0" else "1"))


def test_closed_organisation_is_not_changed_any_more(here):
    made = shop(here)

    close_organisation(made, by=here.grid_head, at=AT)

    assert Organisation.objects.get().closed_at == AT
    with pytest.raises(Conflict, match="已经登记为停业"):
        change_organisation(made, by=here.grid_head, at=AT, name="新店")


def with_check_sign(first):
    """Put the check sign of GB 32100 behind 17 signs."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return first + signs[(31 - total % 31) % 31]
