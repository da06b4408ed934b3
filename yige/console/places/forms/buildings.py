"""The forms of buildings and the homes in them."""

from django import forms

from yige.archive.words import BuildingKind, HomeUse, YesNo
from yige.console.places.forms.located_form import Line, LocatedForm, Number
from yige.steps.fields import Choice
from yige.web.forms import KeyedForm


class BuildingForm(LocatedForm):
    estate = Line("小区或道路", required=True, hint="比如“向阳小院”“济源路”。")
    name = Line("楼栋", required=True, hint="比如“3号楼”。")
    kind = Choice("类别", BuildingKind, initial=BuildingKind.HOUSING)
    units = Number("单元数")
    floors = Number("层数")
    field_order = ("estate", "name", "kind", "grid", "units", "floors", "lon", "lat")


class HomeForm(KeyedForm):
    unit = Line("单元", hint="没有单元的不填。")
    room = Line("房号", required=True, hint="比如 501。")
    floor = Number("层", hint="不填的，按房号来。")
    use = Choice("用途", HomeUse, initial=HomeUse.UNKNOWN)
    gas = forms.ChoiceField(label="用瓶装气", choices=YesNo.choices, required=False)
    escape_clear = forms.ChoiceField(label="逃生口畅通", choices=YesNo.choices, required=False)
    indoor_charging = forms.ChoiceField(label="电动车进屋充电", choices=YesNo.choices, required=False)
