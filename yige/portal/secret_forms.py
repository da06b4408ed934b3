"""What is typed from a slip of a secret vote; it has no key of its own, the code makes it happen once."""

from django import forms

from yige.deliberation.words import CHOICES_OF_A_VOTER


class SecretBallotForm(forms.Form):
    code = forms.CharField(
        label="单子上的码",
        max_length=40,
        help_text="十六个字母和数字，例如 FBXJ-5YCU-PHD7-EPLL；横线、空格、大小写不要紧。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "data-yg-private": ""}
        ),
        error_messages={"required": "请写单子上的码。", "max_length": "这个码太长，请照单子上印的写。"},
    )
    choice = forms.ChoiceField(
        label="您怎么投？",
        choices=[(choice.value, choice.label) for choice in CHOICES_OF_A_VOTER],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
