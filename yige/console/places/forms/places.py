"""The forms of buildings, homes, things, organisations and of what is looked at on a round."""

from django import forms

from yige.accounts.models import Unit
from yige.archive.places import components
from yige.archive.places.checks import KEEPERS
from yige.archive.words import BuildingKind, HomeUse, OrganisationKind, ThingState, YesNo
from yige.contact.models import Route
from yige.contact.words import SpotKind
from yige.grids.models import Grid, Level
from yige.steps.fields import Choice, Row
from yige.web.attempt import Keyed

WHOLE = {"invalid": "请填整数。"}
DEGREES = {"invalid": "请填数字，比如 113.2923。"}
BY_POINT = "按经纬度来定"


class Line(forms.CharField):
    """One line; how long it may be and what it may hold is said by the verb."""

    def __init__(self, label, *, required=False, hint=""):
        super().__init__(
            label=label, required=required, help_text=hint, max_length=400, strip=False,
            error_messages={"required": "请填写这一项。", "max_length": "写得太长了。"},
        )  # fmt: skip


class Number(forms.IntegerField):
    def __init__(self, label, *, required=False, hint=""):
        errors = WHOLE | {"required": "请填写这一项。"}
        super().__init__(label=label, required=required, help_text=hint, error_messages=errors)


class Sited(Keyed):
    """A form of something that stands in a grid of one's own, chosen or told by its point."""

    grid = Row("网格", required=False, hint="不选的，按经纬度来定。")
    lon = forms.FloatField(label="经度", required=False, error_messages=DEGREES)
    lat = forms.FloatField(label="纬度", required=False, error_messages=DEGREES)

    def __init__(self, *args, by, at, roles=KEEPERS, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].offer(*grids_of(by, at, roles), empty=BY_POINT)


class BuildingForm(Sited):
    estate = Line("小区或道路", required=True, hint="比如“向阳小院”“济源路”。")
    name = Line("楼栋", required=True, hint="比如“3号楼”。")
    kind = Choice("类别", BuildingKind, initial=BuildingKind.HOUSING)
    units = Number("单元数")
    floors = Number("层数")
    field_order = ("estate", "name", "kind", "grid", "units", "floors", "lon", "lat")


class HomeForm(Keyed):
    unit = Line("单元", hint="没有单元的不填。")
    room = Line("房号", required=True, hint="比如 501。")
    floor = Number("层", hint="不填的，按房号来。")
    use = Choice("用途", HomeUse, initial=HomeUse.UNKNOWN)
    gas = forms.ChoiceField(label="用瓶装气", choices=YesNo.choices, required=False)
    escape_clear = forms.ChoiceField(label="逃生口畅通", choices=YesNo.choices, required=False)
    indoor_charging = forms.ChoiceField(label="电动车进屋充电", choices=YesNo.choices, required=False)


class ThingForm(Sited):
    name = Line("名称", hint="不填的，用类别的名称。")
    place = Line("位置", required=True, hint="比如“3号楼东侧”。")
    unit = Row("主管单位")
    state = Choice("状态", ThingState, initial=ThingState.SOUND)
    field_order = ("category", "code", "name", "place", "grid", "unit", "state", "since", "lon", "lat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(unit.pk): unit for unit in Unit.objects.filter(active=True).order_by("name")}
        self.fields["unit"].offer([(pk, unit.name) for pk, unit in rows.items()], rows)


class NewThingForm(ThingForm):
    category = Choice("类别", components.choices(), hint="国家标准 GB/T 47678.5 的 153 类管理部件。")
    code = Line("部件标识码", hint="17 位数字，已经有牌子的才填；不填的，系统给下一个顺序号。")
    since = forms.DateField(
        label="初始日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请按 2026-01-31 这样填写日期。"},
    )  # fmt: skip


class OrganisationForm(Sited):
    kind = Choice("类别", OrganisationKind)
    name = Line("名称", required=True)
    code = Line("统一社会信用代码", hint="18 位，在营业执照上；没有的不填。")
    address = Line("地址")
    phone = Line("公开电话", hint="门头或公示牌上的电话，不填个人手机。")
    services = Line("能提供什么", hint="比如“代收快递、歇脚喝水、维修门锁”。")
    field_order = ("kind", "name", "code", "grid", "address", "phone", "services", "lon", "lat")


class RouteForm(Keyed):
    name = Line("路线名称", required=True, hint="比如“东院一圈”。")


class NewRouteForm(RouteForm):
    grid = Row("网格")

    def __init__(self, *args, by, at, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].offer(*grids_of(by, at, roles))


class SpotForm(Sited):
    kind = Choice("类别", SpotKind)
    name = Line("地点", required=True, hint="比如“东侧充电棚”。")
    every_days = Number("几天看一次", required=True)
    hint = Line("看什么", hint="比如“有没有飞线、灭火器压力”。")
    route = Row("路线", required=False)
    place_in_route = Number("路线上第几处", hint="不填的，排在最后。")
    field_order = ("name", "kind", "grid", "every_days", "hint", "route", "place_in_route", "lon", "lat")

    def __init__(self, *args, by, at, **kwargs):
        super().__init__(*args, by=by, at=at, **kwargs)
        self.fields["every_days"].initial = 7
        rows = {
            str(row.pk): row
            for row in Route.objects.visible_to(by, at).filter(active=True).select_related("grid")
        }
        named = [(pk, f"{row.grid.name} {row.name}") for pk, row in rows.items()]
        self.fields["route"].offer(named, rows, empty="不在路线上")


def grids_of(by, at, roles):
    """Return (choices, rows by value) of the grids below somebody's posts of these roles, from the community down."""
    paths = [post.path for post in by.posts_at(at) if post.role in roles]
    rows = Grid.objects.current().filter(level__gte=Level.COMMUNITY).order_by("path")
    found = [grid for grid in rows if any(grid.path.startswith(path) for path in paths)]
    named = [(str(grid.pk), "　" * (grid.level - 2) + grid.name) for grid in found]
    return named, {str(grid.pk): grid for grid in found}
