"""Every write to buildings and homes (地): where they stand, what they are used for, what matters when there is a fire."""

from django.db.models import Exists, OuterRef

from yige.archive.models import Building, Home, Household, Organisation, Person
from yige.archive.places.checks import Faults, check_keeps, insert_once, update_once
from yige.archive.words import BuildingKind, HomeUse, YesNo
from yige.audit.log import action
from yige.grids.models import Grid
from yige.lib.addresses import floor_of, room_name, unit_name
from yige.lib.refusals import NotSaid

BUILDING = ("kind", "estate", "name", "units", "floors", "lon", "lat")
SAFETY = ("gas", "escape_clear", "indoor_charging")
HOME = ("unit", "floor", "room", "use", *SAFETY)
SAME_BUILDING = "这个小区里已经有同名的楼栋。"
SAME_HOME = "这栋楼里已经登记了这个房号。"
BASEMENT, HIGHEST = -5, 120  # floors


@action("archive.make_building", makes=Building)
def make_building(grid, *, by, at, id, estate, name, kind=BuildingKind.HOUSING, units=None, floors=None, lon=None, lat=None) -> Building:  # fmt: skip
    """Register a building in a grid; without a grid its point says in which one it stands."""
    facts = {
        "estate": estate,
        "name": name,
        "kind": kind,
        "units": units,
        "floors": floors,
        "lon": lon,
        "lat": lat,
    }
    facts, grid = building_facts(facts, grid)
    check_keeps(by, grid.path, at)
    return insert_once(Building(id=id, grid=grid, grid_path=grid.path, **facts), SAME_BUILDING, "name")


@action("archive.change_building")
def change_building(building, *, by, at, grid=None, **said) -> Building:
    """Correct a building; when it belongs to another grid, its homes and the households in them go along."""
    building = Building.objects.select_for_update(of=("self",)).select_related("grid").get(pk=building.pk)
    check_keeps(by, building.grid_path, at)
    facts = {name: said.get(name, getattr(building, name)) for name in BUILDING}
    facts, grid = building_facts(facts, grid or building.grid)
    check_keeps(by, grid.path, at)
    for name, value in facts.items():
        setattr(building, name, value)
    moved = grid.path != building.grid_path
    building.grid, building.grid_path = grid, grid.path
    update_once(building, [*BUILDING, "grid", "grid_path"], SAME_BUILDING, "name")
    if building.units == 1:
        drop_the_only_unit(Home.objects.filter(building=building))
    if moved:
        _take_along(building)
    return building


@action("archive.make_home", makes=Home)
def make_home(building, *, by, at, id, room, unit="", floor=None, use=HomeUse.UNKNOWN, **safety) -> Home:
    """Register a dwelling in a building."""
    check_keeps(by, building.grid_path, at, "keep_homes")
    said = {"room": room, "unit": unit, "floor": floor, "use": use, **_safety(safety)}
    facts = home_facts(said, building.units)
    home = Home(id=id, building=building, grid_path=building.grid_path, **facts)
    return insert_once(home, SAME_HOME, "room")


@action("archive.change_home")
def change_home(home, *, by, at, **said) -> Home:
    """Correct a dwelling; what is not named stays."""
    home = Home.objects.select_for_update().get(pk=home.pk)
    check_keeps(by, home.grid_path, at, "keep_homes")
    said = {name: said.get(name, getattr(home, name)) for name in HOME}
    for name, value in home_facts(said, home.building.units).items():
        setattr(home, name, value)
    return update_once(home, HOME, SAME_HOME, "room")


def drop_the_only_unit(homes) -> None:
    """Write homes of buildings with one entrance without it, but for a door that is registered in both ways: people merge."""
    other = Home.objects.filter(building=OuterRef("building"), unit="", room=OuterRef("room"))
    homes.filter(unit="1").exclude(Exists(other)).update(unit="")


def building_facts(facts, grid) -> tuple[dict, Grid]:
    """Return the facts of a building cleaned, and its grid; refuse with a sentence at each field that is wrong."""
    faults = Faults()
    facts["estate"] = faults.line("estate", facts["estate"], 60, "请填写小区或道路的名字。")
    facts["name"] = faults.line("name", facts["name"], 50, "请填写楼栋，比如“3号楼”。")
    faults.one_of("kind", facts["kind"], BuildingKind)
    faults.number("units", facts["units"], 1, 50, "单元数应是 1 到 50 的整数。")
    faults.number("floors", facts["floors"], 1, HIGHEST, f"层数应是 1 到 {HIGHEST} 的整数。")
    grid = faults.grid(grid, facts["lon"], facts["lat"])
    faults.refuse()
    return facts, grid


def home_facts(facts, entrances) -> dict:
    """Return the facts of a dwelling cleaned; “2单元” is unit 2, 0501室 is 501, and it lies on floor 5 when no floor is said."""
    faults = Faults()
    facts["unit"] = faults.line("unit", unit_name(facts["unit"], entrances), 10)
    facts["room"] = faults.line("room", room_name(facts["room"]), 20, "请填写房号，比如“501”。")
    if facts["floor"] is None:
        facts["floor"] = floor_of(facts["room"])
    faults.number("floor", facts["floor"], BASEMENT, HIGHEST, f"层应是 {BASEMENT} 到 {HIGHEST} 的整数。")
    faults.one_of("use", facts["use"], HomeUse)
    for name in SAFETY:
        faults.one_of(name, facts[name], YesNo)
    faults.refuse()
    return facts


def _safety(said):
    if unknown := set(said) - set(SAFETY):
        raise NotSaid(f"没有这一项：{'、'.join(sorted(unknown))}。")
    return {name: said.get(name) or "" for name in SAFETY}


def _take_along(building):
    """Bring what the building holds to its new grid; what was done there before keeps the grid it had."""
    here = {"grid_path": building.grid_path}
    Organisation.objects.filter(building=building).update(grid=building.grid, **here)
    homes = Home.objects.filter(building=building)
    homes.update(**here)
    households = Household.objects.filter(home__in=homes)
    Person.objects.filter(household__in=households).update(**here)
    households.update(grid=building.grid, **here)
