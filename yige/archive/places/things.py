"""Every write to things of public use (物), under their national identifier: division, category, serial (GB/T 47678.5)."""

from django.conf import settings
from django.db import connection

from yige.archive.models import Thing
from yige.archive.places import components
from yige.archive.places.checks import Faults, check_keeps, insert_once
from yige.archive.words import ThingState
from yige.audit.log import action
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict
from yige.lib.typed_text import half_width

THING_FACTS = ("name", "place", "unit", "state", "lon", "lat")
SAME_CODE = "这个标识码已经有了，请核对；空着不填，系统会给一个新的。"
LAST = 999_999


@action("archive.make_thing", makes=Thing)
def make_thing(grid, *, by, at, id, category, unit, code="", name="", place="", state=ThingState.SOUND, since=None, lon=None, lat=None) -> Thing:  # fmt: skip
    """Register a thing; without a code it gets the next free serial of its division and category."""
    facts = {"name": name, "place": place, "unit": unit, "state": state, "lon": lon, "lat": lat}
    facts, grid, code = thing_facts(
        facts, grid, category=category, code=code, since=since, today=local_day(at)
    )
    check_keeps(by, grid.path, at)
    hold(category)
    thing = Thing(
        id=id, code=code or next_code(category), grid=grid, grid_path=grid.path, since=since or local_day(at), **facts
    )  # fmt: skip
    return insert_once(thing, SAME_CODE, "code")


@action("archive.change_thing")
def change_thing(thing, *, by, at, grid=None, **said) -> Thing:
    """Correct a thing, or say in what state it is; its code stays for ever."""
    thing = _locked(thing, by, at)
    facts = {name: said.get(name, getattr(thing, name)) for name in THING_FACTS}
    facts, grid, _ = thing_facts(facts, grid or thing.grid, category=thing.category)
    check_keeps(by, grid.path, at)
    for name, value in facts.items():
        setattr(thing, name, value)
    thing.grid, thing.grid_path, thing.changed_on = grid, grid.path, local_day(at)
    thing.save(update_fields=[*THING_FACTS, "grid", "grid_path", "changed_on"])
    return thing


@action("archive.remove_thing")
def remove_thing(thing, *, by, at) -> Thing:
    """Say that a thing was taken away; its code is not given again."""
    thing = _locked(thing, by, at)
    if thing.state == ThingState.REMOVED:
        raise Conflict("这个部件已经登记为移除。")
    thing.state, thing.changed_on = ThingState.REMOVED, local_day(at)
    thing.save(update_fields=["state", "changed_on"])
    return thing


def thing_facts(facts, grid, *, category, code="", since=None, today=None) -> tuple[dict, Grid, str]:
    """Return the facts of a thing cleaned, its grid and its code; refuse with a sentence at each field that is wrong."""
    faults, kind = Faults(), components.BY_CODE.get(category)
    if kind is None:
        faults["category"] = "请从国家标准的 153 类管理部件里选。"
    facts["name"] = faults.line("name", facts["name"], 30) or (kind.name if kind else "")
    facts["place"] = faults.line("place", facts["place"], 120, "请写在哪里，比如“3号楼东侧”。")
    faults.one_of("state", facts["state"], ThingState)
    if facts["unit"] is None:
        faults["unit"] = "请选主管单位。"
    if since and today and since > today:
        faults["since"] = "初始日期不能晚于今天。"
    code = "".join(half_width(code or "").split())
    if code and (fault := code_fault(code, category)):
        faults["code"] = fault
    grid = faults.grid(grid, facts["lon"], facts["lat"])
    faults.refuse()
    return facts, grid, code


def code_fault(code, category=None) -> str:
    """Say in a sentence what is wrong with an identifier; "" when nothing is."""
    if not (code.isascii() and code.isdecimal() and len(code) == 17):
        return "标识码是 17 位数字：6 位区划、5 位类别、6 位顺序号。"
    if code[:6] != settings.YIGE_DISTRICT_CODE:
        return f"标识码前 6 位应是本区的区划代码 {settings.YIGE_DISTRICT_CODE}。"
    if code[6:11] not in components.BY_CODE:
        return "标识码第 7 到 11 位不是国家标准里的部件类别。"
    if category and code[6:11] != category:
        return f"标识码里的类别是 {code[6:11]}，和所选的 {category} 不一样。"
    return "" if code[11:] != "000000" else "顺序号从 000001 开始。"


def hold(category) -> None:
    """Let one transaction at a time give serials of this category, so that no two things get the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"things of {prefix(category)}"])


def next_code(category) -> str:
    """Return the next free identifier of a category; call it while holding the category."""
    start = prefix(category)
    last = (
        Thing.objects.filter(code__startswith=start).order_by("-code").values_list("code", flat=True).first()
    )
    serial = int(last[11:]) + 1 if last else 1
    if serial > LAST:
        raise Conflict("这一类的顺序号用完了，请自己填写标识码。", code="请填写一个没有用过的标识码。")
    return f"{start}{serial:06d}"


def prefix(category) -> str:
    return f"{settings.YIGE_DISTRICT_CODE}{category}"


def _locked(thing, by, at):
    thing = Thing.objects.select_for_update(of=("self",)).select_related("grid", "unit").get(pk=thing.pk)
    check_keeps(by, thing.grid_path, at)
    return thing
