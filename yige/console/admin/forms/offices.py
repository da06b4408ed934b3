"""The forms of units."""

from django import forms

from yige.accounts.models import UnitKind
from yige.console.admin.forms.area_choices import area_choices


class UnitForm(forms.Form):
    name = forms.CharField(label="名称", max_length=200)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *UnitKind.choices])
    path = forms.ChoiceField(label="辖区", required=False, help_text="不限辖区的区直部门可以不选。")
    phone = forms.CharField(label="公开电话", max_length=60, required=False, help_text="居民看得到。")

    def __init__(self, *args, paths, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = [("", "不限"), *area_choices(paths)]


class NewUnitForm(UnitForm):
    slug = forms.CharField(
        label="代号", max_length=120, help_text="导入和对接用，小写字母、数字和横线，定了不能改。"
    )
    field_order = ("name", "slug", "kind", "path", "phone")
