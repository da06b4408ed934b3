"""What is typed on the page of a sheet: the cells that the house cannot know, a new term, why it ends."""

from django import forms

from yige.report_centre.words import CellKind
from yige.steps.fields import Day, Line, Words
from yige.steps.typed_fields import AnyDay

HINTS = {CellKind.NUMBER: "数", CellKind.DAY: "日期，例如 2026-01-31", CellKind.TEXT: ""}


class CellsForm(forms.Form):
    """A line for each cell by hand, with what is there already."""

    first = AnyDay(widget=forms.HiddenInput)
    after = AnyDay(widget=forms.HiddenInput)

    def __init__(self, *args, sheet, period, there, **kwargs):
        kwargs["initial"] = {"first": period.first, "after": period.after}
        super().__init__(*args, **kwargs)
        self.cells = [(f"cell_{place}", cell["name"]) for place, cell in enumerate(sheet.typed)]
        for (field, name), cell in zip(self.cells, sheet.typed, strict=True):
            line = Line(name, longest=100, required=False, hint=HINTS[cell["kind"]])
            line.initial = there[name].value if name in there else ""
            self.fields[field] = line

    def clean(self):
        said = super().clean()
        values = {name: said.pop(field, "") for field, name in self.cells}
        return {**said, "values": values}

    def seen(self):
        return [self[field] for field, _ in self.cells]


class RenewForm(forms.Form):
    until = Day("续到哪天", hint="从今天起最多 12 个月。")


class EndForm(forms.Form):
    words = Words("为什么停用", longest=200, rows=2, hint="例如：区里不再要；已经并进另一张表。")
