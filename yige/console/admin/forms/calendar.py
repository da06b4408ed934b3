"""The form of a day of the calendar."""

from django import forms

from yige.cases.models.tables import DayKind
from yige.steps.typed_fields import AnyDay


class DayForm(forms.Form):
    day = AnyDay(label="日期", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    kind = forms.ChoiceField(label="性质", choices=DayKind.choices)
    name = forms.CharField(label="名称", max_length=40, help_text="如 国庆节、调休上班。")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not 2020 <= day.year <= 2099:
            raise forms.ValidationError("日期应在 2020 年到 2099 年之间。")
        return day
