"""The form of a visit: one question for each thing that is owed, then the mode, then what is new; the verb decides."""

import re

from django import forms
from django.utils import timezone

from yige.archive.people import sealing
from yige.cases import queries as cases
from yige.cases.models import Category
from yige.cases.words import AnswerKind
from yige.contact.answer_rule import Draft
from yige.contact.words import Mode, NeedKind
from yige.steps.typed_fields import AnyDay
from yige.web.forms import KeyedForm

NEW_ROWS = 3  # of new needs and of new promises; the first is open, the others unfold
FIELD = re.compile(r"(need|promise)_[0-9a-f]{32}")
NO_DRAFT = Draft("", "", "", False)
NEED_PARTS = ("kind", "words", "person", "to_case", "category", "wants_call", "looked_at")
ANSWER_MOST, NEED_MOST = 300, 200


class DayInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value):
        return value.isoformat() if hasattr(value, "isoformat") else value


def day_field(label):
    return AnyDay(
        label=label, required=False, widget=DayInput, error_messages={"invalid": "请按日历选一个日子。"}
    )


def words_field(label, most, rows=2, **more):
    area = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return forms.CharField(label=label, required=False, widget=area, **more)


class VisitForm(KeyedForm):
    mode = forms.ChoiceField(
        label="这次怎么联系的", choices=Mode.choices, widget=forms.RadioSelect, required=False
    )
    wished = forms.BooleanField(label="本人这次约的", required=False)
    wished_on = day_field("下次联系约在哪天")

    def __init__(self, data=None, *, owed, people):
        super().__init__(data)
        self.owed, self.people = owed, {str(person.pk): person for person in people}
        for field in self._gone():
            self._ask(field, is_promise=field.startswith("promise"))
        for thing in owed:
            self._ask(thing.field, thing.draft, thing.is_promise)
        groups, year = [("", "请选一类"), *cases.category_groups()], timezone.localdate().year
        names = [
            ("", "不写是谁"),
            *(
                (pk, sealing.mask_value(person, "name"))
                for pk, person in self.people.items()
                if not person.is_child_in(year)
            ),
        ]
        for place in range(NEW_ROWS):
            self._offer(place, groups, names)

    def _gone(self):
        """What was answered here and by somebody else meanwhile: read like the rest, so that the verb can say so."""
        return sorted(set(filter(FIELD.fullmatch, self.data)) - {thing.field for thing in self.owed})

    def _ask(self, field, draft=NO_DRAFT, is_promise=False):
        self.fields[field] = forms.ChoiceField(
            label="答复",
            choices=AnswerKind.choices,
            widget=forms.RadioSelect,
            required=False,
            initial=draft.kind,
        )
        self.fields[f"{field}_words"] = words_field("怎么说的", ANSWER_MOST, 3, initial=draft.words)
        if is_promise:
            label = "重新约到哪天" if "due_on" in draft.must else "改约到哪天"
            self.fields[f"{field}_due_on"] = day_field(label)

    def _offer(self, place, groups, names):
        here = f"need_{place}"
        self.fields |= {
            f"{here}_kind": forms.ChoiceField(
                label="是什么", choices=NeedKind.choices, widget=forms.RadioSelect, required=False, initial=NeedKind.PROBLEM
            ),
            f"{here}_words": words_field("说了什么", NEED_MOST),
            f"{here}_person": forms.ChoiceField(label="谁说的", choices=names, required=False),
            f"{here}_to_case": forms.BooleanField(label="上报成事项，请街道来办", required=False),
            f"{here}_category": forms.ChoiceField(label="是哪一类", choices=groups, required=False),
            f"{here}_wants_call": forms.BooleanField(label="本人愿意让承办人打电话（用档案里的姓名和电话）", required=False),
            f"{here}_looked_at": forms.BooleanField(label="当面看过，没有危险", required=False),
            f"promise_{place}_words": words_field("答应了什么", NEED_MOST),
            f"promise_{place}_due_on": day_field("答应到哪天"),
        }  # fmt: skip

    def clean(self):
        """Return what was said as the verb takes it."""
        said = self.cleaned_data
        return {
            "key": said.get("key"),
            "mode": said.get("mode", ""),
            "wished": said.get("wished", False),
            "wished_on": said.get("wished_on"),
            "answers": [
                self._answer(field) for field in sorted(filter(FIELD.fullmatch, said)) if said[field]
            ],
            "needs": [self._need(place) for place in range(NEW_ROWS)],
            "promises": [
                {name: said.get(f"promise_{place}_{name}") for name in ("words", "due_on")}
                for place in range(NEW_ROWS)
            ],
        }

    def _answer(self, field):
        said = self.cleaned_data
        return {
            "field": field,
            "kind": said.get(field, ""),
            "words": said.get(f"{field}_words", ""),
            "due_on": said.get(f"{field}_due_on"),
        }

    def _need(self, place):
        said = {name: self.cleaned_data.get(f"need_{place}_{name}") for name in NEED_PARTS}
        said["person"] = self.people.get(said["person"])
        wanted = said["to_case"] and said["category"]
        said["category"] = Category.objects.filter(pk=said["category"]).first() if wanted else None
        return said

    def answers(self):
        """Return each owed thing with its fields, for the template."""
        for thing in self.owed:
            names = {name: f"{thing.field}_{name}" for name in ("words", "due_on")}
            yield {
                "thing": thing,
                "kind": self[thing.field],
                **{name: self[field] for name, field in names.items() if field in self.fields},
            }

    def new_needs(self):
        for place in range(NEW_ROWS):
            yield {name: self[f"need_{place}_{name}"] for name in NEED_PARTS} | {"first": not place}

    def new_promises(self):
        for place in range(NEW_ROWS):
            yield {name: self[f"promise_{place}_{name}"] for name in ("words", "due_on")} | {
                "first": not place
            }
