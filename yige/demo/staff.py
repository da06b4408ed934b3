"""Units, accounts and posts of the demo subdistrict: invented offices, invented people, numbers nobody can call
(no exchange begins with 0000).
"""

from functools import cache
from random import Random
from typing import NamedTuple

from yige.demo import subdistrict
from yige.demo.invented_names import names

STAFF_SEED = subdistrict.DISTRICT_SEED + 7
TOP = f"/{subdistrict.STREET_CODE}/"


class UnitRow(NamedTuple):
    slug: str
    name: str
    kind: str
    path: str
    phone: str


class Person(NamedTuple):
    username: str
    name: str
    role: str
    unit: str
    path: str


# fmt: off
OFFICES = (
    #  slug            name                        kind
    ("street",         "新安路街道办事处（演示）",   "street"),
    ("desk",           "事件处置岗",               "street"),
    ("hotline",        "社区热线",                 "station"),
    ("chengguan",      "城管执法中队",             "department"),
    ("housing",        "住房和城乡建设",           "department"),
    ("market",         "市场监管所",               "department"),
    ("police",         "公安派出所",               "department"),
    ("traffic",        "交警中队",                 "department"),
    ("fire",           "消防救援站",               "department"),
    ("civil-affairs",  "民政",                     "department"),
    ("labour",         "人力资源和社会保障",       "department"),
    ("health",         "卫生健康",                 "department"),
    ("disabled",       "残疾人联合会",             "department"),
    ("veterans",       "退役军人服务站",           "department"),
    ("environment",    "生态环境",                 "department"),
    ("water",          "供水公司",                 "utility"),
    ("gas",            "燃气公司",                 "utility"),
    ("heating",        "热力公司",                 "utility"),
    ("power",          "供电所",                   "utility"),
    ("telecom",        "通信运营商",               "utility"),
    ("district",       "区级统筹办",               "district"),
)
WITHOUT_ACCOUNT = "parking"  # answers by one-time links alone
PROPERTY_FIRMS = ("甲", "乙", "丙", "丁", "戊", "己")

NAMED = (
    # username    role                  unit                path below the subdistrict
    ("street",    "street_head",        "street",           ""),
    ("desk",      "desk",               "desk",             ""),
    ("community", "community_head",     "community-001",    "001/"),
    ("grid",      "grid_head",          "grid-001-01",      "001/01/"),
    ("worker",    "grid_worker",        "grid-001-01",      "001/01/"),
    ("micro",     "micro_worker",       "grid-001-01",      "001/01/01/"),
    ("chengguan", "department_handler", "chengguan",        ""),
    ("member",    "party_member",       "grid-001-01",      "001/01/02/"),
    ("hotline",   "intake",             "hotline",          ""),
    ("auditor",   "auditor",            "street",           ""),
    ("security",  "security_admin",     "street",           ""),
    ("admin",     "system_admin",       "street",           ""),
    ("registrar", "registrar",          "street",           ""),
)
# fmt: on


@cache
def invented_units():
    rows = [UnitRow(slug, name, kind, TOP, "") for slug, name, kind in OFFICES]
    for number, sign in enumerate(PROPERTY_FIRMS, 1):
        rows.append(UnitRow(f"property-{number}", f"演示物业{sign}", "property", TOP, ""))
    rows.append(UnitRow(WITHOUT_ACCOUNT, "演示停车管理公司", "utility", TOP, ""))
    for grid in subdistrict.all_grids():
        if grid.level == 2:
            rows.append(UnitRow(f"community-{grid.code[9:]}", grid.name, "community", grid.path, ""))
            rows.append(
                UnitRow(f"station-{grid.code[9:]}", f"{grid.name}民情速递站", "station", grid.path, "")
            )
        if grid.level == 3:
            rows.append(UnitRow(f"grid-{grid.code[9:]}", f"{grid.name}工作组", "grid_team", grid.path, ""))
    return tuple(row._replace(phone=f"0371-0000{6000 + number}") for number, row in enumerate(rows))


@cache
def invented_staff():
    """Every account with its post: the thirteen named ones first, then about 340 more."""
    posts = [
        *_named(),
        *_heads(),
        *_workers(),
        *_micro_workers(),
        *_members(),
        *_offices(),
        *_seats(),
        *_organisation_seats(),
    ]
    drawn = names(Random(STAFF_SEED), len(posts))  # noqa: S311 a fixed seed is the point
    return tuple(
        Person(username, name, role, unit, path)
        for (username, role, unit, path), name in zip(posts, drawn, strict=True)
    )


def micro_worker(path):
    """The account of the worker of this micro-grid."""
    digits = "-".join(path.strip("/").split("/")[1:])
    return "micro" if digits == "001-01-01" else f"micro-{digits}"


def grid_head(path):
    """The account of the head of this grid."""
    digits = "-".join(path.strip("/").split("/")[1:3])
    return "grid" if digits == "001-01" else f"head-{digits}"


def grid_workers(path):
    """The accounts of the two workers of this grid."""
    digits = "-".join(path.strip("/").split("/")[1:3])
    return ["worker" if digits == "001-01" else f"worker-{digits}-1", f"worker-{digits}-2"]


def property_firm(path):
    """Which of the six firms looks after the estates of this grid."""
    return f"property-{sum(map(ord, path)) % len(PROPERTY_FIRMS) + 1}"


def unit_for(slug, path):
    """The unit behind a category's default: the grid's own team, community or property firm, or the office named."""
    _, _, community, *rest = path.split("/")
    if slug == "grid":
        return f"grid-{community}-{rest[0]}"
    if slug == "community":
        return f"community-{community}"
    if slug == "property":
        return property_firm(path)
    return slug


def _named():
    return [(username, role, unit, TOP + below) for username, role, unit, below in NAMED]


def _heads():
    """Heads of communities and grids and a deputy for each community; the named ones are left out."""
    found = []
    for grid in subdistrict.all_grids():
        digits = grid.code[9:]
        if grid.level == 2:
            found.append((f"deputy-{digits}", "community_head", f"community-{digits}", grid.path))
            if digits != "001":
                found.append((f"head-{digits}", "community_head", f"community-{digits}", grid.path))
        if grid.level == 3 and digits != "001-01":
            found.append((f"head-{digits}", "grid_head", f"grid-{digits}", grid.path))
    return found


def _workers():
    return [
        (f"worker-{grid.code[9:]}-{number}", "grid_worker", f"grid-{grid.code[9:]}", grid.path)
        for grid in subdistrict.all_grids()
        if grid.level == 3
        for number in (1, 2)
        if (grid.code[9:], number) != ("001-01", 1)
    ]


def _micro_workers():
    return [
        (f"micro-{grid.code[9:]}", "micro_worker", f"grid-{grid.code[9:15]}", grid.path)
        for grid in subdistrict.all_grids()
        if grid.level == 4 and grid.code[9:] != "001-01-01"
    ]


def _members():
    """Every fifth micro-grid has a party member who links households there."""
    micro = [grid for grid in subdistrict.all_grids() if grid.level == 4]
    return [
        (f"member-{grid.code[9:]}", "party_member", f"grid-{grid.code[9:15]}", grid.path)
        for grid in micro[6::5]
    ]


def _seats():
    """Two people of the district, who see what this subdistrict raised to it."""
    return [("district", "district_seat", "district", TOP), ("district-2", "district_seat", "district", TOP)]


def _organisation_seats():
    """Two accounts a community that run an organisation each."""
    return [
        (f"social-{grid.code[9:]}-{number}", "organisation_seat", f"community-{grid.code[9:]}", grid.path)
        for grid in subdistrict.all_grids()
        if grid.level == 2
        for number in (1, 2)
    ]


def _offices():
    """Two people at most offices, one at each property firm, two more at the desk, one at each station."""
    found = [("desk-2", "desk", "desk", TOP), ("desk-3", "desk", "desk", TOP)]
    found += [("street-2", "street_head", "street", TOP), ("hotline-2", "intake", "hotline", TOP)]
    found += [("registrar-2", "registrar", "street", TOP)]
    for row in invented_units():
        if row.slug == WITHOUT_ACCOUNT:
            continue
        if row.kind in ("department", "utility"):
            first = 2 if row.slug == "chengguan" else 1
            found += [
                (f"{row.slug}-{n}", "department_handler", row.slug, TOP) for n in range(first, first + 2)
            ]
        elif row.kind == "property":
            found.append((f"{row.slug}-1", "department_handler", row.slug, TOP))
        elif row.slug.startswith("station-"):
            found.append((row.slug, "intake", row.slug, row.path))
    return found
