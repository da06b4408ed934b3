"""What is answered to a request: taken from a sheet of the list, or refused by a rule."""

from django import forms

from yige.report_centre.actions import WORDS
from yige.report_centre.queries import sheets_to_answer_from
from yige.report_centre.request_rules import open_refusals
from yige.steps.fields import Choice, RowChoice, Words

SAID = "对方会看到这句话；被要表的单位和登记的人收到消息。"


class ExistsForm(forms.Form):
    sheet = RowChoice("从哪张表取", missing="请选一张表。")
    words = Words("给对方的话", longest=WORDS, rows=2, hint=SAID)

    def __init__(self, *args, about, at, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(sheet.pk): sheet for sheet in sheets_to_answer_from(about, at)}
        self.fields["sheet"].offer(
            [(pk, f"{row.name}（{row.request.asker}）") for pk, row in rows.items()], rows
        )


class RefuseForm(forms.Form):
    refusal = Choice("按哪一条规定")
    words = Words("给对方的话", longest=WORDS, rows=2, hint=SAID)

    def __init__(self, *args, facts, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(rule.name, f"{rule.label}：{rule.rule}") for rule in open_refusals(facts)]
        self.fields["refusal"].choices = [("", "请选择"), *offered]
