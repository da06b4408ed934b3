"""The forms of things of public use."""

from django import forms

from yige.accounts.models import Unit
from yige.archive.places import components
from yige.archive.words import ThingState
from yige.console.places.forms.located_form import Line, LocatedForm
from yige.steps.fields import Choice, RowChoice
from yige.steps.typed_fields import AnyDay


class ThingForm(LocatedForm):
    name = Line("名称", hint="不填的，用类别的名称。")
    place = Line("位置", required=True, hint="比如“3号楼东侧”。")
    unit = RowChoice("主管单位")
    state = Choice("状态", ThingState, initial=ThingState.SOUND)
    field_order = ("category", "code", "name", "place", "grid", "unit", "state", "since", "lon", "lat")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(unit.pk): unit for unit in Unit.objects.filter(active=True).order_by("name")}
        self.fields["unit"].offer([(pk, unit.name) for pk, unit in rows.items()], rows)


class NewThingForm(ThingForm):
    category = Choice("类别", components.choices(), hint="国家标准 GB/T 47678.5 的 153 类管理部件。")
    code = Line("部件标识码", hint="17 位数字，已经有牌子的才填；不填的，系统给下一个顺序号。")
    since = AnyDay(
        label="初始日期", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请按 2026-01-31 这样填写日期。"},
    )  # fmt: skip
