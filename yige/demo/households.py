"""The households of the demo and who belongs to them: a home, a contract, people, phones, services they asked for.

Pure rows, the same every time, drawn micro-grid by micro-grid. Nobody has an identity number. Days count back from
today; ages are years of the calendar.
"""

from functools import cache
from random import Random
from typing import NamedTuple

from yige.archive.words import HomeUse, Relation, YesNo
from yige.demo import families, service_labels, subdistrict
from yige.demo.invented_names import DEMO_PHONE, phone
from yige.lib.addresses import unit_name

HOUSEHOLD_SEED = subdistrict.DISTRICT_SEED + 40
MICRO_GRID = "/410106003/001/01/01/"  # of the account `micro`
MEMBERS_GRID = "/410106003/001/01/02/"  # of the account `member`
# The first households of these two are those of the stories (yige/demo/tour_households.py): nothing else happened there lately.
RESIDENT, ALONE, DUE, BROKEN, WISH, DECLINES, REJECTED = range(7)  # of the account `micro`
LINKED = range(8)  # of the account `member`
STORIES = {(MICRO_GRID, place) for place in range(7)} | {(MEMBERS_GRID, place) for place in LINKED}
STORY_DAYS = 45
PINNED = {
    (MICRO_GRID, RESIDENT): {"phone": DEMO_PHONE, "labels": (("medicine_reminder", 130),)},
    (MICRO_GRID, ALONE): {"labels": (("living_alone", 171), ("mobility_help", 171))},
}
NUMBERS_EACH = 500  # phone numbers kept for a micro-grid
FIRST_FILES = (700, 760)  # days ago: when the files of those who lived here were opened


class HomeRow(NamedTuple):
    building: subdistrict.Building
    unit: str
    floor: int
    room: str
    use: str
    gas: str
    escape_clear: str
    indoor_charging: str


class PersonRow(NamedTuple):
    name: str
    sex: str
    age: int
    relation: str
    guardian: int  # place in the household, -1 for none
    phone: str
    emergency: str
    labels: tuple  # (kind, days ago)
    dice: float


class HouseholdRow(NamedTuple):
    path: str
    place: int  # in its micro-grid
    home: HomeRow
    rents: bool
    lived: int  # days here before the file was opened
    made: int  # days ago
    minute: int
    people: tuple
    contact: int  # place of the person to speak to first, -1 for none


@cache
def micro_grids():
    return tuple(grid for grid in subdistrict.all_grids() if grid.level == 4)


def everybody():
    """Yield all households of the subdistrict, micro-grid by micro-grid."""
    for grid in micro_grids():
        yield from households_of(grid.path)


@cache
def households_of(path):
    """Draw the households of one micro-grid; as many as the grid table says."""
    number = [grid.path for grid in micro_grids()].index(path)
    random, count = Random(HOUSEHOLD_SEED * 1_009 + number), micro_grids()[number].households  # noqa: S311 a fixed seed
    numbers = iter(range(number * NUMBERS_EACH, (number + 1) * NUMBERS_EACH))
    homes = random.sample(_places(path), count)
    drawn = [_household(random, path, place, home, numbers) for place, home in enumerate(homes)]
    return tuple(drawn)


def homes_of(path):
    """All homes of a micro-grid: the lived-in ones as their households say, the others empty or a shop downstairs."""
    lived = {home[:4]: home for home in (row.home for row in households_of(path))}
    random = Random(HOUSEHOLD_SEED * 2_003 + hash_of(path))  # noqa: S311
    return [lived.get(place) or _empty(random, place) for place in _places(path)]


def hash_of(text):
    """A small number for a text, the same in every process."""
    return sum(place * ord(sign) for place, sign in enumerate(text, 1))


@cache
def _places(path):
    """Where somebody can live: building, entrance, floor, room."""
    return tuple(
        (building, unit_name(str(unit), building.units), floor, f"{floor}{door:02d}")
        for building in subdistrict.all_buildings()
        if building.path == path
        for unit in range(1, building.units + 1)
        for floor in range(1, building.floors + 1)
        for door in range(1, subdistrict.DOORS + 1)
    )


def _household(random, path, place, where, numbers):
    people, rents = _special(random, path, place) or families.draw_household(random)
    known = random.random() < 0.93 or (path, place) in PINNED
    made = random.randint(*FIRST_FILES) if known else random.randint(40, 690)
    lived = random.randint(30, 1_500) if rents else random.randint(200, 11_000)
    found = [_person(random, each, people, numbers, made) for each in people]
    if (path, place) in PINNED:
        found[0] = found[0]._replace(**PINNED[path, place])
    reached = [number for number, each in enumerate(found) if each.phone]
    use = HomeUse.RENT if rents else HomeUse.OWN
    minute = random.randint(9 * 60, 17 * 60)
    return HouseholdRow(
        path, place, _home(random, where, use), rents, lived, made, minute, tuple(found), reached[0] if reached else -1
    )  # fmt: skip


def _special(random, path, place):
    """The two households of the account `micro` that every tour of the demo comes by."""
    if (path, place) not in PINNED:
        return None
    return (families.alone(random, 84) if place == ALONE else families.couple(random, 75)), False


def _person(random, member, family, numbers, made):
    number = phone(next(numbers)) if random.random() < _reachable(member) else ""
    emergency = ""
    if member.age >= 70 and random.random() < 0.4:
        emergency = f"{random.choice(('儿子', '女儿', '侄子', '妹妹', '女婿'))} {phone(next(numbers))}"
    return PersonRow(
        *member, number, emergency, service_labels.asked_for(random, member, family, made), random.random()
    )  # fmt: skip


def _reachable(member):
    """How many of these leave a number: nobody under age, not all of the very old."""
    if member.age < families.ADULT:
        return 0
    if member.relation == Relation.HEAD:
        return 0.95 if member.age < 80 else 0.8
    return 0.7 if member.age < 75 else 0.4


def _home(random, where, use):
    return HomeRow(
        *where, use,
        random.choices((YesNo.YES, YesNo.NO, YesNo.UNKNOWN), (6, 84, 10))[0],
        random.choices((YesNo.YES, YesNo.NO, YesNo.UNKNOWN), (80, 8, 12))[0],
        random.choices((YesNo.YES, YesNo.NO, YesNo.UNKNOWN), (3, 80, 17))[0],
    )  # fmt: skip


def _empty(random, where):
    shop = where[2] == 1 and random.random() < 0.25
    return HomeRow(*where, HomeUse.SHOP if shop else HomeUse.VACANT, "", "", "")
