"""The form of one number of the rules."""

from django import forms

from yige.steps.typed_fields import WholeNumber


class RuleForm(forms.Form):
    value = WholeNumber(label="取值", error_messages={"invalid": "请填整数。", "required": "请填整数。"})
