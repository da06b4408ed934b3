"""What is asked to find the cases of a caller; it never stands in an address."""

from django import forms

from yige.cases.callers import BY, NOTHING_SAID
from yige.lib.phones import is_phone


class CallerForm(forms.Form):
    q = forms.CharField(
        label="反映人的电话或称呼",
        max_length=60,
        help_text="电话要写全；称呼照登记时写的，比如“王阿姨”。每次查找都会记下来。",
        error_messages={"required": NOTHING_SAID, "max_length": "最多 60 个字。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def field(self) -> str:
        """What was typed: a phone, or what the caller is called."""
        typed = self.cleaned_data["q"]
        return "phone" if is_phone(typed) or typed.strip().isdigit() else "name"

    def kind(self) -> str:
        return BY[self.field]
