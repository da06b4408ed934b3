"""The form that proposes a row of the duty list; begun from a category, or from the row that it would take the place of."""

from django import forms

from yige.accounts.models import Unit, UnitKind
from yige.cases.models import Category
from yige.duty_list.actions import LONGEST_BASIS
from yige.duty_list.words import PlaceKind
from yige.steps.fields import Choice, Day, RowChoice, UnitChoice, Words
from yige.web.forms import KeyedForm


class Assists(forms.ModelMultipleChoiceField):
    """Some units, or none."""

    def __init__(self):
        wrong = "请从列出的单位里选。"
        super().__init__(
            Unit.objects.none(), label="配合单位", required=False, widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": wrong, "invalid_pk_value": wrong, "invalid_list": wrong},
        )  # fmt: skip


class DutyForm(KeyedForm):
    category = RowChoice("哪一类事")
    place_kind = Choice(
        "什么地方", PlaceKind, initial=PlaceKind.ANY,
        hint="同一类事在不同地方归不同单位的，一种地方一条；“不限地方”管没有单独写的地方。",
    )  # fmt: skip
    lead = UnitChoice("牵头单位")
    assists = Assists()
    basis = Words(
        "依据", longest=LONGEST_BASIS, rows=2, hint="哪部法、哪份文件、哪次会定的。派单时和它一起显示。"
    )
    valid_from = Day("从哪天起", required=False, hint="不填，就从定下来的那天起。")
    valid_until = Day("从哪天起停用", required=False, hint="不填，就一直用到有新的一条。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups, rows = {}, {}
        for category in Category.objects.leaves().select_related("parent"):
            groups.setdefault(category.parent.label, []).append((str(category.pk), category.label))
            rows[str(category.pk)] = category
        self.fields["category"].offer(list(groups.items()), rows)
        units = Unit.objects.filter(active=True).exclude(kind=UnitKind.STATION)
        self.fields["lead"].offer_units(units, "请选择")
        self.fields["assists"].queryset = units.exclude(kind=UnitKind.GRID_TEAM)

    def clean(self):
        said = super().clean()
        self.category = said.pop("category", None)
        said["assists"] = list(said.get("assists", ()))
        return said


def first_values(row=None, category=""):
    """Return what the form begins with: a row that is to be changed, or a category."""
    if row is None:
        return {"category": category}
    return {
        "category": str(row.category_id),
        "place_kind": row.place_kind,
        "lead": str(row.lead_id),
        "assists": row.assist_ids,
    }
