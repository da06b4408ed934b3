"""How things and organisations are written in a sheet: the columns, an example, and how a row is found again.

A thing is found by its code; a row without one by its category, grid and place. An organisation is found by its credit
code, or by its name in a grid where one of the two has no code.
"""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from yige.accounts.models import Unit
from yige.archive.models import Organisation, Thing
from yige.archive.places.organisations import change_organisation, make_organisation, organisation_facts
from yige.archive.places.things import change_thing, make_thing, thing_facts
from yige.archive.words import OrganisationKind, ThingState
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import NotSaid
from yige.lib.typed_text import half_width


class Kind(NamedTuple):
    slug: str
    label: str
    columns: tuple
    example: tuple
    rows: object
    standing: object
    read: object
    find: object
    key: object
    told: object
    written: object
    make: object
    change: object
    changes: tuple


# ── things ──

THING_COLUMNS = (
    # heading         field
    ("部件标识码", "code"),
    ("类别代码", "category"),
    ("名称", "name"),
    ("位置", "place"),
    ("网格编码", "grid"),
    ("主管单位", "unit"),
    ("状态", "state"),
    ("初始日期", "since"),
    ("经度", "lon"),
    ("纬度", "lat"),
)


def things_in_reach(user, at) -> QuerySet:
    return Thing.objects.visible_to(user, at).select_related("grid", "unit").order_by("code")


def things_standing(rows) -> dict:
    found = {}
    for row in rows:
        found[row.code] = row
        found.setdefault((row.category, row.grid_id, row.place), row)
    return found


def read_thing(text, grid, at) -> tuple[dict, Grid]:
    unit = Unit.objects.filter(active=True, name=text["unit"]).first() if text["unit"] else None
    if text["unit"] and unit is None:
        raise NotSaid(f"没有名为“{text['unit']}”的单位，请写全称。")
    code = "".join(half_width(text["code"]).split())
    category = half_width(text["category"]).split(" ")[0].zfill(5) if text["category"] else code[6:11]
    since = day(text["since"])
    facts = {"name": text["name"], "place": text["place"], "unit": unit} | point(text)
    facts["state"] = choice_by_label(ThingState, text["state"] or ThingState.SOUND.label, "状态")
    facts, grid, code = thing_facts(
        facts, grid, category=category, code=code, since=since, today=local_day(at)
    )
    return facts | {"category": category, "code": code, "since": since}, grid


def thing_key(said, grid) -> str | tuple:
    return said["code"] or (said["category"], grid.pk, said["place"])


def find_thing(said, grid, standing) -> Thing | None:
    return standing.get(thing_key(said, grid))


def thing_told(row) -> dict:
    names = ("code", "category", "name", "place", "unit", "state", "since", "lon", "lat")
    return {name: getattr(row, name) for name in names}


def thing_written(row) -> tuple:
    state, since = row.get_state_display(), row.since.isoformat()
    return (
        row.code, row.category, row.name, row.place, row.grid.code, row.unit.name, state, since, row.lon, row.lat,
    )  # fmt: skip


# ── organisations ──

ORGANISATION_COLUMNS = (
    # heading           field
    ("名称", "name"),
    ("类别", "kind"),
    ("统一社会信用代码", "code"),
    ("网格编码", "grid"),
    ("地址", "address"),
    ("公开电话", "phone"),
    ("能提供什么", "services"),
    ("经度", "lon"),
    ("纬度", "lat"),
)
TEXTS = ("name", "code", "address", "phone", "services")


def organisations_in_reach(user, at) -> QuerySet:
    rows = Organisation.objects.visible_to(user, at).filter(closed_at=None)
    return rows.select_related("grid", "building__grid").order_by("grid_path", "name")


def organisations_standing(rows) -> dict:
    found = {}
    for row in rows:
        if row.code:
            found[row.code] = row
        found.setdefault((row.name, row.grid_id), row)
    return found


def read_organisation(text, grid, at) -> tuple[dict, Grid]:
    facts = {name: text[name] for name in TEXTS} | point(text)
    facts |= {"kind": choice_by_label(OrganisationKind, text["kind"], "类别"), "building": None}
    facts, grid = organisation_facts(facts, grid)
    del facts["building"]
    return facts, grid


def organisation_key(said, grid) -> str | tuple:
    return said["code"] or (said["name"], grid.pk)


def find_organisation(said, grid, standing) -> Organisation | None:
    if said["code"] in standing:
        return standing[said["code"]]
    found = standing.get((said["name"], grid.pk))
    return None if found and found.code and said["code"] else found


def organisation_told(row) -> dict:
    return {name: getattr(row, name) for name in (*TEXTS, "kind", "lon", "lat")}


def organisation_written(row) -> tuple:
    kind = row.get_kind_display()
    return row.name, kind, row.code, row.grid.code, row.address, row.phone, row.services, row.lon, row.lat


KINDS = {
    "things": Kind(
        "things", "部件", THING_COLUMNS,
        ("", "01037", "路灯", "3号楼东侧", "410106003004-02", "区城市管理局", "完好", "2026-01-31", 113.2923, 34.8066),
        things_in_reach, things_standing, read_thing, find_thing, thing_key, thing_told, thing_written, make_thing, change_thing,
        ("name", "place", "unit", "state", "lon", "lat"),
    ),
    "organisations": Kind(
        "organisations", "单位商户", ORGANISATION_COLUMNS,
        ("向阳便民超市", "商户", "", "410106003004-02", "向阳路1号", "0371-60000000", "代收快递、歇脚喝水", "", ""),
        organisations_in_reach, organisations_standing, read_organisation, find_organisation, organisation_key,
        organisation_told, organisation_written, make_organisation, change_organisation, (*TEXTS, "kind", "lon", "lat"),
    ),
}  # fmt: skip


# ── cells ──


def choice_by_label(choices, text, heading) -> str:
    """Return the member with this label."""
    found = next((member for member in choices if text in (member.label, member.value)), None)
    if found is None:
        raise NotSaid(f"{heading}应是：{'、'.join(choices.labels)}。")
    return found


def point(text) -> dict:
    return {"lon": number(text["lon"], "经度"), "lat": number(text["lat"], "纬度")}


def number(text, heading) -> float | None:
    try:
        return float(half_width(text)) if text else None
    except ValueError as error:
        raise NotSaid(f"{heading}应是数字，比如 113.2923。") from error


def day(text) -> date | None:
    try:
        return date.fromisoformat(half_width(text)[:10].replace("/", "-").replace(".", "-")) if text else None
    except ValueError as error:
        raise NotSaid("初始日期请按 2026-01-31 这样填写。") from error
