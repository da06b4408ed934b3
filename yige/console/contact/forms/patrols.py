"""The forms of the rounds: routes and the places that are looked at."""

from yige.console.places.forms.located_form import Line, LocatedForm, Number, grids_of
from yige.contact.models import Route
from yige.contact.words import SpotKind
from yige.steps.fields import Choice, RowChoice
from yige.web.forms import KeyedForm


class RouteForm(KeyedForm):
    name = Line("路线名称", required=True, hint="比如“东院一圈”。")


class NewRouteForm(RouteForm):
    grid = RowChoice("网格")

    def __init__(self, *args, by, at, capability, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].offer(*grids_of(by, at, capability))


class SpotForm(LocatedForm):
    kind = Choice("类别", SpotKind)
    name = Line("地点", required=True, hint="比如“东侧充电棚”。")
    every_days = Number("几天看一次", required=True)
    hint = Line("看什么", hint="比如“有没有飞线、灭火器压力”。")
    route = RowChoice("路线", required=False)
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
