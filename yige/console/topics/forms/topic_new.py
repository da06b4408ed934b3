"""A topic proposed from cases that came together: its title, what they have in common, its place, who leads, which cases."""

from django import forms

from yige.console.topics.forms.topic import OWN_WORDS, TITLE, offer_owners
from yige.steps.fields import Line, RowChoice, UnitChoice, Words
from yige.web.forms import KeyedForm


class TopicForm(KeyedForm):
    title = Line("题目", longest=40, hint=TITLE)
    words = Words("这些事有什么共同的地方", longest=600, rows=4, hint=OWN_WORDS)
    area = RowChoice("范围", hint="以后同一个问题在这个范围里的事项可以加进来。")
    owner = UnitChoice("牵头单位")
    cases = forms.MultipleChoiceField(
        label="是哪几件", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一件。", "invalid_choice": "请从列出的几件里选。", "invalid_list": "请从列出的几件里选。"},
    )  # fmt: skip

    def __init__(self, *args, areas, cases, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(grid.pk): grid for grid in areas}
        self.fields["area"].offer([(key, grid.name) for key, grid in rows.items()], rows)
        offer_owners(self.fields["owner"])
        self.by_number = {case.number: case for case in cases}
        self.fields["cases"].choices = [(number, case) for number, case in self.by_number.items()]

    def clean(self):
        said = super().clean()
        self.area = said.pop("area", None)
        return said | {"cases": [self.by_number[number] for number in said.get("cases", ())]}
