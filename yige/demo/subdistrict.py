"""The demo subdistrict as pure data: the same rows from the same seed, every time.

Real are the codes and names of 新安路街道 and its five communities (public statistics of 2023). Everything below
them is invented and says 演示: boundaries, grids, estates, buildings.
"""

from functools import cache
from random import Random
from typing import NamedTuple

from shapely import coverage_union_all

from yige.demo import tessellation

DISTRICT_SEED = 10371
STREET_CODE, STREET_NAME = "410106003", "新安路街道"
OUTLINE = (
    (-1480, -1320), (-620, -1500), (240, -1390), (980, -1530), (1490, -1180), (1560, -240), (1380, 520),
    (1520, 1240), (760, 1500), (-180, 1410), (-900, 1560), (-1530, 1130), (-1420, 220), (-1590, -560),
)  # fmt: skip


class Community(NamedTuple):
    digits: str
    name: str
    grids: int
    exclusive: tuple[str, ...]


class GridRow(NamedTuple):
    level: int
    kind: str
    code: str
    national_code: str
    path: str
    parent: str
    name: str
    phone: str
    households: int
    ring: tuple[tuple[float, float], ...]


class Building(NamedTuple):
    path: str
    estate: str
    number: int
    units: int
    floors: int
    lon: float
    lat: float

    @property
    def place(self):
        return f"{self.estate}{self.name}"

    @property
    def name(self):
        return f"{self.number}号楼"

    @property
    def homes(self):
        return self.units * self.floors * DOORS


COMMUNITIES = (
    Community("001", "朝阳街社区", 7, ("演示商场",)),
    Community("002", "昌盛街社区", 7, ()),
    Community("003", "新安西路社区", 7, ("演示医院",)),
    Community("004", "香园街社区", 6, ("演示校园",)),
    Community("005", "二十里铺社区", 6, ()),
)
# 7 × 5 + 26 × 4 = 139
FIVE_MICRO_GRIDS = {"001-01", "002-01", "003-01", "004-01", "005-01", "001-02", "002-02"}  # fmt: skip
EXCLUSIVE_WEIGHT = 2
DOORS = 2  # at each landing
EMPTY_SHARE = 0.04  # homes that stand empty at least
ESTATES = (
    "梧桐里", "槐花院", "向阳小院", "铝城家园", "石榴苑", "丰和里", "望山居", "南窑新村", "月季园", "春光里", "安居巷小区",
    "光荣院小区", "机修新村", "红砖院", "长渠家园", "枣园里", "晨光苑", "和顺居", "白杨小区", "氧化新村", "老食堂院", "泉水湾",
    "麦香苑", "五号院", "福寿里", "友爱家园", "永安小院", "静园", "明德里", "榆树院", "新风小区", "合欢苑", "灯塔家园",
)  # fmt: skip
ROADS = ("演示一路", "演示二路", "演示三街", "演示四街", "厂前演示路", "东渠演示路", "北坡演示路", "老站演示街")  # fmt: skip


@cache
def all_grids():
    """All grids from the top down: 1 subdistrict, 5 communities, 33 grids, 3 exclusive ones, 139 micro-grids."""
    areas, rows = _areas(), []
    _add(rows, "", 1, STREET_CODE, STREET_NAME, areas)
    for community in COMMUNITIES:
        code = STREET_CODE + community.digits
        _add(rows, STREET_CODE, 2, code, community.name, areas)
        short = community.name.removesuffix("社区")
        for number, micro_grids in enumerate(_micro_counts(community), 1):
            grid = f"{code}-{number:02d}"
            _add(rows, code, 3, grid, f"{short}第{number}网格（演示）", areas)
            for micro in range(1, micro_grids + 1):
                _add(rows, grid, 4, f"{grid}-{micro:02d}", f"{short}{number}-{micro}微网格", areas)
        for number, name in enumerate(community.exclusive, 90):
            _add(rows, code, 3, f"{code}-{number}", f"{short}{name}专属网格", areas)
    return tuple(rows)


@cache
def all_buildings():
    """The buildings, two or three in a micro-grid and one in an exclusive grid, numbered through each estate."""
    random, found, numbers, shapes = Random(DISTRICT_SEED + 1), [], {}, dict(_leaves())  # noqa: S311 a fixed seed is the point
    for row in all_grids():
        if row.code not in shapes:
            continue
        estate, here = _estate(row), []
        for _ in range(1 if row.kind == "exclusive" else random.choice((2, 2, 3))):
            numbers[estate] = numbers.get(estate, 0) + 1
            point = tessellation.spot(shapes[row.code], random)
            lon, lat = tessellation.degrees_of(point.x, point.y)
            units, floors = random.choice(((2, 6), (3, 6), (4, 5), (2, 11), (3, 7)))
            here.append(Building(row.path, estate, numbers[estate], units, floors, lon, lat))
        found += _fitting(here, row.households)
    return tuple(found)


def buildings_of(path):
    """The buildings of one micro-grid or exclusive grid."""
    return [each for each in all_buildings() if each.path == path]


def somewhere_in(code, random):
    """Find a point (lon, lat) well inside a micro-grid or exclusive grid."""
    point = tessellation.spot(dict(_leaves())[code], random)
    return tessellation.degrees_of(point.x, point.y)


def _fitting(buildings, households):
    """Give and take entrances until every household of the micro-grid has a home and a few stand empty."""
    while households and sum(each.homes for each in buildings) < households * (1 + EMPTY_SHARE):
        _resize(buildings, min(buildings, key=lambda each: each.homes), 1)
    while households and sum(each.homes for each in buildings) > households * 1.4:
        _resize(buildings, max(buildings, key=lambda each: each.homes), -1)
    return buildings


def _resize(buildings, one, more):
    buildings[buildings.index(one)] = one._replace(units=one.units + more)


@cache
def qr_places():
    """Where a code hangs: (path, place), one at each building and one at each grid's board."""
    boards = [(row.path, "网格公示牌") for row in all_grids() if row.level == 3]
    return tuple(boards + [(each.path, f"{each.place}门口") for each in all_buildings()])


def road(path):
    """The road that a report from this grid is likely to name."""
    return ROADS[sum(map(ord, path)) % len(ROADS)]


def path_of(code):
    """/410106003/004/02/03/ for 410106003004-02-03."""
    digits, *rest = code.split("-")
    return "/" + "/".join(filter(None, (digits[:9], digits[9:], *rest))) + "/"


def _micro_counts(community):
    codes = (f"{community.digits}-{number:02d}" for number in range(1, community.grids + 1))
    return [5 if code in FIVE_MICRO_GRIDS else 4 for code in codes]


def _estate(row):
    if row.kind == "exclusive":
        return row.name.removesuffix("专属网格")
    grids_only = [each.path for each in all_grids() if each.level == 3 and each.kind == "ordinary"]
    return ESTATES[grids_only.index("/".join(row.path.split("/")[:4]) + "/") % len(ESTATES)]


def _add(rows, parent, level, code, name, areas):
    exclusive = level == 3 and code[-2:] >= "90"
    households = 0 if exclusive else sum(count for leaf, count in _households() if leaf.startswith(code))
    rows.append(
        GridRow(
            level,
            "exclusive" if exclusive else "ordinary",
            code,
            code if level < 3 else "",
            path_of(code),
            path_of(parent) if parent else "",
            name,
            f"0371-0000{8000 + len(rows)}" if level < 4 else "",
            households,
            areas[code],
        )
    )


@cache
def _households():
    random = Random(DISTRICT_SEED + 2)  # noqa: S311
    return tuple((code, random.randint(70, 80)) for code, _ in _leaves() if code.count("-") == 2)


@cache
def _leaves():
    """The leaf grids with their shapes in metres: micro-grids and exclusive grids."""
    random = Random(DISTRICT_SEED)  # noqa: S311
    codes, parts = [], []
    whole = tessellation.outline_of(OUTLINE)
    weights = [sum(_micro_counts(each)) + EXCLUSIVE_WEIGHT * len(each.exclusive) for each in COMMUNITIES]
    for community, area in zip(COMMUNITIES, tessellation.cut_outline(whole, weights, random), strict=True):
        counts = _micro_counts(community) + [EXCLUSIVE_WEIGHT for _ in community.exclusive]
        for number, grid in enumerate(tessellation.cut_outline(area, counts, random), 1):
            inside = counts[number - 1] if number <= community.grids else 1
            code = f"{STREET_CODE}{community.digits}-{number if inside > 1 else 89 + number - community.grids:02d}"
            micro = tessellation.cut_outline(grid, [1] * inside, random)
            codes += [f"{code}-{part:02d}" for part in range(1, inside + 1)] if inside > 1 else [code]
            parts += micro
    return tuple(zip(codes, tessellation.seamless(parts), strict=True))


@cache
def _areas():
    """The ring of every grid: a leaf's own, and the union of its leaves for all above."""
    leaves, areas = _leaves(), {}
    above = {code[:cut] for code, _ in leaves for cut in (9, 12, 15)} - {code for code, _ in leaves}
    for code, shape in leaves:
        areas[code] = tessellation.to_degrees(shape)
    for code in above:
        whole = coverage_union_all([shape for leaf, shape in leaves if leaf.startswith(code)])
        areas[code] = tessellation.to_degrees(whole.geoms[0] if whole.geom_type == "MultiPolygon" else whole)
    return areas
