"""The form that searches the log."""

from django import forms

from yige.accounts import oversight
from yige.cases.queries import ids_of_number
from yige.console.admin.rows import audit as rows
from yige.lib.typed_values import read_id
from yige.steps.typed_fields import AnyDay


class LogSearchForm(forms.Form):
    since = AnyDay(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = AnyDay(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    verb = forms.ChoiceField(label="动作", required=False)
    account = forms.CharField(label="账号", required=False, max_length=80)
    kind = forms.ChoiceField(label="操作者", required=False, choices=[("", "全部"), *oversight.KINDS.items()])
    number = forms.CharField(label="事项编号或对象编号", required=False, max_length=60)
    result = forms.ChoiceField(
        label="结果", required=False, choices=[("", "全部"), *oversight.RESULTS.items()]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "全部"), *rows.choices()]

    def clean_number(self):
        """Turn a case number or the id of any row into ids."""
        typed = self.cleaned_data["number"].strip()
        if not typed:
            return []
        found = ids_of_number(typed) or [pk for pk in (read_id(typed),) if pk]
        if not found:
            raise forms.ValidationError(
                "没有这个编号。请填事项编号（如 410106-0001234-5）或日志里的对象编号。"
            )
        return found

    def search_terms(self):
        terms = {name: value for name, value in self.cleaned_data.items() if name != "number"}
        return terms | {"subject_ids": self.cleaned_data["number"]}
