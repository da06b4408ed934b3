"""Firms, shops, social organisations, owners' committees and things of public use of the demo: pure invented rows."""

from functools import cache
from random import Random
from typing import NamedTuple

from yige.archive.words import OrganisationKind as Kind
from yige.archive.words import ThingState
from yige.demo import households, staff, subdistrict

ORGANISATION_SEED = subdistrict.DISTRICT_SEED + 60
DIVISION = subdistrict.STREET_CODE[:6]


class OrganisationRow(NamedTuple):
    kind: str
    name: str
    path: str
    place: int  # of the building in its grid
    phone: str
    services: str


class ThingRow(NamedTuple):
    code: str
    name: str
    path: str
    place: str
    unit: str
    state: str
    years: int
    lon: float
    lat: float


# fmt: off
SHOPS = ("早点铺", "便利店", "理发店", "修鞋配钥匙", "菜店", "药店", "馒头房", "裁缝铺", "烩面馆", "五金店", "洗衣店", "水果店", "电动车行", "打印店")
FIRMS = ("铝材加工厂", "机修厂", "物流站", "包装厂", "耐火材料厂", "装修公司", "广告公司")
SOCIAL = (
    ("合唱队", "周二、周五下午排练"), ("豫剧社", "周末有排练，愿意来的都教"), ("书法社", "写春联、教孩子写字"),
    ("太极队", "早上六点半在广场"), ("科普小组", "每月一讲"), ("法律咨询站", "周三下午免费咨询"),
    ("维修队", "换灯管、修水龙头、配钥匙"), ("助老服务队", "陪诊、送餐、打电话问候"), ("护河志愿队", "周六上午捡拾"),
    ("夜间巡逻队", "晚八点到十点走一圈"), ("图书角", "下午两点到五点开放"), ("亲子园", "周末带孩子来玩"),
    ("旧物交换站", "每月十五日开市"), ("议事会", "每月一次，邻里的事一起商量"),
)
THINGS = (
    #  category, name            unit            how many in ten micro-grids
    ("01037", "路灯",            "power",          8),
    ("01002", "污水井盖",         "water",          5),
    ("01005", "电力井盖",         "power",          4),
    ("01013", "消防设施",         "fire",           4),
    ("01046", "户外健身设施",      "community",      4),
    ("01054", "充电桩",           "power",          3),
    ("03005", "垃圾箱",           "chengguan",      8),
    ("03001", "公共厕所",         "chengguan",      1),
    ("04007", "街头座椅",         "chengguan",      3),
    ("01076", "公用电梯",         "property",       2),
    ("01007", "通信井盖",         "telecom",        1),
)
PLACES = ("东侧", "西侧", "门口", "北墙边", "拐角", "花坛旁", "停车区旁")
# fmt: on
STATES = ((ThingState.SOUND, 93), (ThingState.BROKEN, 6), (ThingState.LOST, 1))


@cache
def invented_organisations():
    """40 shops, 20 firms, 62 social organisations, the six property firms, 12 owners' committees, 5 public offices."""
    random, micro = Random(ORGANISATION_SEED), households.micro_grids()  # noqa: S311 a fixed seed is the point
    rows = [
        (Kind.SHOP, f"{_estate(grid)}{SHOPS[n % len(SHOPS)]}", grid, "")
        for n, grid in enumerate(micro[1::3][:40])
    ]
    rows += [
        (Kind.FIRM, f"{FIRMS[n % len(FIRMS)]}{n + 1}号", grid, "") for n, grid in enumerate(micro[2::6][:20])
    ]
    for number in range(62):
        what, offers = SOCIAL[number % len(SOCIAL)]
        grid = micro[number * 9 % len(micro)]
        rows.append((Kind.SOCIAL, f"{_estate(grid)}{what}", grid, offers))
    firms = [row for row in staff.invented_units() if row.kind == "property"]
    rows += [(Kind.PROPERTY, row.name.removeprefix("演示"), micro[n * 20], "") for n, row in enumerate(firms)]
    rows += [(Kind.OWNERS, f"{_estate(grid)}业主委员会", grid, "") for grid in micro[3::11][:12]]
    rows += [
        (Kind.PUBLIC, f"{_estate(grid)}社区卫生服务点", grid, "量血压、打疫苗") for grid in micro[10::28][:5]
    ]
    return tuple(
        OrganisationRow(
            kind, f"演示{name}", grid.path, random.randrange(2), f"0371-0000{4000 + number}", offers
        )
        for number, (kind, name, grid, offers) in enumerate(rows)
    )


@cache
def invented_things():
    """About 600 things with the national 17-digit identifier, four or five in a micro-grid."""
    random, serials, rows = Random(ORGANISATION_SEED + 1), {}, []  # noqa: S311
    weights = [share for *_, share in THINGS]
    for grid in households.micro_grids():
        buildings = subdistrict.buildings_of(grid.path)
        for category, name, unit, _ in random.choices(THINGS, weights, k=random.choice((4, 4, 5))):
            serials[category] = serials.get(category, 0) + 1
            lon, lat = subdistrict.somewhere_in(grid.code, random)
            place = f"{random.choice(buildings).place}{random.choice(PLACES)}"
            state = random.choices([state for state, _ in STATES], [share for _, share in STATES])[0]
            rows.append(
                ThingRow(
                    f"{DIVISION}{category}{serials[category]:06d}", name, grid.path, place,
                    staff.unit_for(unit, grid.path), state, random.randint(3, 18), lon, lat,
                )
            )  # fmt: skip
    return tuple(rows)


def _estate(grid):
    return subdistrict.buildings_of(grid.path)[0].estate
