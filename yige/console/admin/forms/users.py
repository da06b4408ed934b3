"""The forms of accounts and posts."""

from django import forms
from django.utils import timezone

from yige.accounts import queries
from yige.accounts.models import Unit
from yige.console.admin.forms.area_choices import area_choices
from yige.lib.local_time import local_day
from yige.steps.typed_fields import AnyDay

DAY = {
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "error_messages": {"invalid": "日期不对，应如 2026-11-22。", "required": "请填日期。"},
}

PRIVATE = {"data-yg-private": ""}  # stays on no device


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=200)
    phone = forms.CharField(label="工作电话", max_length=60, required=False, widget=forms.TextInput(PRIVATE))
    email = forms.CharField(label="工作邮箱", max_length=254, required=False, widget=forms.TextInput(PRIVATE))


class NewPersonForm(PersonForm):
    username = forms.CharField(
        label="账号",
        max_length=80,
        help_text="登录用，2–40 个小写字母、数字、点或横线，定了不能改。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ("username", "name", "phone", "email")


class PostForm(forms.Form):
    role = forms.ChoiceField(
        label="角色",
        error_messages={"required": "请选一个角色。", "invalid_choice": "没有这个角色，请重新选。"},
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="单位",
        empty_label="请选择",
        error_messages={"required": "请选一个单位。", "invalid_choice": "没有这个单位，请重新选。"},
    )
    path = forms.ChoiceField(
        label="辖区",
        error_messages={"required": "请选辖区。", "invalid_choice": "请选一个在用的网格作为辖区。"},
        help_text="一级网格长和事件处置岗选街道；二级选社区；三级和网格员选网格；微网格员和联户党员选微网格；其他人选街道。",
    )
    since = AnyDay(label="任职起", **DAY)
    until = AnyDay(
        label="任职止", required=False, help_text="不填就是一直任职；到这一天为止，当天不算。", **DAY
    )

    def __init__(self, *args, paths, **kwargs):
        super().__init__(*args, **kwargs)
        groups = [(name, [(role.name, role.label) for role in rows]) for name, rows in queries.ROLES_BY_GROUP]
        self.fields["role"].choices = [("", "请选择"), *groups]
        self.fields["unit"].queryset = queries.units_below(paths).filter(active=True)
        self.fields["path"].choices = [("", "请选择"), *area_choices(paths)]
        self.fields["since"].initial = local_day(timezone.now())
