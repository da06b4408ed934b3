"""The forms of grids and their codes."""

from django import forms

from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm


class DescribeForm(forms.Form):
    phone = forms.CharField(
        label="值班电话", max_length=60, required=False, help_text="印在海报上，居民看得到。"
    )
    household_count = WholeNumber(
        label="户数",
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), "户数应为 0 到 1000000 的整数。"),
    )
    national_code = forms.CharField(
        label="国家编码", max_length=40, required=False, help_text="9、12 或 15 位数字，没有就不填。"
    )


class RenameForm(forms.Form):
    name = forms.CharField(label="名称", max_length=200)


class NewGridForm(DescribeForm):
    code = forms.CharField(
        label="治理网格编码",
        max_length=60,
        help_text="上级编码后面加一段，如 410106003004-02-03；90–99 是专属网格。",
    )
    name = forms.CharField(label="名称", max_length=200)
    field_order = ("code", "name", "phone", "household_count", "national_code")


class CodeForm(KeyedForm):
    place = forms.CharField(
        label="张贴位置", max_length=200, required=False, help_text="如 3 号楼 2 单元门口；扫码的人会看到。"
    )
