"""The forms of categories: what people may report."""

import re

from django import forms

from yige.cases.models import Category
from yige.cases.words import Nature, Urgency
from yige.lib import typed_text
from yige.steps.typed_fields import WholeNumber

SLUG = re.compile(r"[a-z0-9][a-z0-9.-]{1,59}", re.ASCII)


class CategoryForm(forms.Form):
    label = forms.CharField(label="名称", max_length=40)
    urgency = forms.ChoiceField(label="紧急程度", choices=Urgency.choices)
    nature = forms.ChoiceField(label="性质", choices=Nature.choices)
    national_code = forms.RegexField(
        r"^\d{5}$", label="国标代码", required=False, help_text="五位数字，没有对应的就不填。",
        error_messages={"invalid": "国标代码是五位数字。"},
    )  # fmt: skip
    call_first = forms.CharField(
        label="先拨打",
        max_length=100,
        required=False,
        help_text="紧急的写清先打哪个电话，如“有人受困请先打 119”。",
    )
    ask = forms.CharField(
        label="填写提示", max_length=200, required=False, help_text="居民选了这一类后看到的话。"
    )
    explain = forms.CharField(label="与相近类别的区别", max_length=200, required=False)
    order = WholeNumber(label="顺序", min_value=0, max_value=9999)

    def clean_label(self):
        return typed_text.clean_line(self.cleaned_data["label"])


class NewCategoryForm(CategoryForm):
    parent = forms.ModelChoiceField(Category.objects.none(), label="上级大类", empty_label="请选择")
    slug = forms.CharField(
        label="代号", max_length=60, help_text="导入和对接用，如 sanitation.leaves，定了不能改。"
    )
    field_order = ("parent", "label", "slug")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Category.objects.classes()
        self.fields["order"].initial = 900

    def clean_slug(self):
        slug = self.cleaned_data["slug"].strip().lower()
        if not SLUG.fullmatch(slug):
            raise forms.ValidationError("代号用 2–60 个小写字母、数字、点或横线。")
        return slug
