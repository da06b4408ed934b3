"""The form of one number of the rules."""

from django import forms


class RuleForm(forms.Form):
    value = forms.IntegerField(
        label="取值", error_messages={"invalid": "请填整数。", "required": "请填整数。"}
    )
