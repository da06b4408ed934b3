"""What may be done to the file of a person, as one table: its verb, its form, its words; and the forms.

No number or name in the clear stands in any of them: what is empty stays.
"""

from django import forms

from yige.archive import labels
from yige.archive.models import Person
from yige.archive.people import actions, queries, sealing
from yige.archive.person_fields import FIELDS_IN_FORMS, OFFICE, OWN, PERSON, SOUNDING_FIELDS, YEAR
from yige.archive.person_fields import LIST as LIST_OF_WORDS
from yige.archive.words import GrantedBy, Relation
from yige.console.files.forms.household_fields import (
    DAY,
    LIST,
    QUIET,
    Act,
    OfFile,
    PersonChoice,
    ToHome,
    grown_ups,
    line,
)
from yige.steps.typed_fields import AnyDay, WholeNumber

FREELY_GIVEN = tuple(field for field in FIELDS_IN_FORMS if field.word == OWN)
# Whom it is about comes first; what the table of the fields has besides follows in its order.
FIRST_FIELDS = ("name", "relation", "birth_year", "sex")


def form_field(field):
    """Return the field of a form for a field of a person."""
    if field.kind == YEAR:
        return WholeNumber(
            label=field.own_label, required=False, help_text=field.hint,
            widget=forms.TextInput(attrs={"inputmode": "numeric", **QUIET}), error_messages={"invalid": f"{field.label}写四位数，比如 1948。"},
        )  # fmt: skip
    if field.kind == LIST_OF_WORDS:
        unknown = [] if field.empty else [("", "没有写")]
        choices = [*unknown, *field.choices.choices]
        return forms.ChoiceField(
            label=field.own_label, required=False, choices=choices, initial=field.empty, help_text=field.hint, **LIST
        )  # fmt: skip
    if field.kind == PERSON:
        return PersonChoice(
            Person.objects.none(), label=field.own_label, required=False, empty_label="没有", help_text=field.hint, **LIST
        )  # fmt: skip
    needed = {"required": True, "missing": f"请填写{field.label}。"} if field.word == OFFICE else {}
    attrs = {"inputmode": "tel"} if field.mask == "phone" else {}
    return line(field.own_label, help_text=field.hint, attrs=attrs, **needed)


class PersonForm(OfFile):
    """What may be said of a person at the desk; each field is a row of `archive/person_fields.py`."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = {field.name: form_field(field) for field in FIELDS_IN_FORMS}
        for field in FIELDS_IN_FORMS:
            if field.kind == PERSON:
                fields[field.name].queryset = self.people_to_choose()
        self.fields = fields | self.fields
        self.order_fields(FIRST_FIELDS)

    def people_to_choose(self):
        return grown_ups(self.household, self.at)

    def clean(self):
        said = super().clean()
        for field in FIELDS_IN_FORMS:
            if field.empty and field.name in said:
                said[field.name] = said[field.name] or field.empty
        return said


class AddPerson(PersonForm):
    since = AnyDay(label="从哪天起住在这里", **DAY)


class DescribePerson(PersonForm):
    """Correct some fields; names and numbers are not shown here, so an empty one is left as it is."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in FIELDS_IN_FORMS:
            if field.mask:
                masked = sealing.mask_value(self.subject, field.name)
                self.fields[field.name].required = False
                self.fields[field.name].help_text = f"现在是 {masked or '没有留'}。空着就不改。"
            else:
                self.fields[field.name].initial = getattr(self.subject, field.name)
        for field in FREELY_GIVEN:
            self.fields[f"no_{field.name}"] = forms.BooleanField(label=f"删掉{field.label}", required=False)
        self.order_fields(self.fields_with_their_ticks())
        self.fields["seen"].initial = self.subject.version

    def fields_with_their_ticks(self):
        """Return the names in order, each tick that takes a field back behind its field."""
        names = [name for name in self.fields if not name.startswith("no_")]
        return [each for name in names for each in (name, f"no_{name}")]

    def people_to_choose(self):
        return super().people_to_choose().exclude(pk=self.subject.pk)

    def clean(self):
        said = super().clean()
        for field in FREELY_GIVEN:
            if said.pop(f"no_{field.name}", False):
                if said.get(field.name):
                    self.add_error(field.name, "要么填新的，要么勾选删掉，不能两样都要。")
                said[field.name] = ""
            elif not said.get(field.name):
                said.pop(field.name, None)
        for field in SOUNDING_FIELDS:  # the name; and without a year nobody would know a child
            if not said.get(field):
                said.pop(field, None)
        said["seen"] = said.get("seen") or "0"
        return said


class MovePerson(ToHome):
    relation = forms.ChoiceField(
        label="与那一户户主的关系", choices=[("", "请选"), *Relation.choices], **LIST
    )
    household = forms.CharField(label="哪一户", required=False, max_length=40, widget=forms.HiddenInput)
    since = AnyDay(label="从哪天起", **DAY)

    def clean(self):
        said = super().clean()
        home, picked = said.pop("home", None), said.pop("household", "")
        if self.errors or home is None:
            return said
        living = queries.living_in(home)
        chosen = [row for row in living if len(living) == 1 or str(row.pk) == picked]
        if not living:
            self.add_error("room", "这套房里还没有建档的户，请先建户。")
        elif not chosen:
            self.ask_which(living)
        return said | {"household": chosen[0] if chosen else None}

    def ask_which(self, living):
        """Show which households share the home, by whom to speak to first."""
        names = [
            (str(row.pk), sealing.mask_value(row.contact, "name") if row.contact_id else "没有定联系人的一户")
            for row in living
        ]
        self.fields["household"].widget = forms.Select(choices=[("", "请选"), *names])
        self.add_error("household", f"这套房里有 {len(living)} 户，请选是哪一户。")


class Leave(OfFile):
    since = AnyDay(label="哪天搬走的", **DAY)


class GrantLabel(OfFile):
    """The person agrees to one service; the box is never ticked beforehand."""

    kind = forms.ChoiceField(label="哪种服务", choices=[], widget=forms.RadioSelect, **LIST)
    granted_by = forms.ChoiceField(
        label="谁同意的", choices=GrantedBy.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选是谁同意的。", "invalid_choice": "请选本人或监护人。"},
    )  # fmt: skip
    months = forms.TypedChoiceField(
        label="有效期", coerce=int, choices=[(12, "12 个月"), (6, "6 个月"), (3, "3 个月")], help_text="到期前会再问本人；最长 12 个月。", **LIST
    )  # fmt: skip
    agreed = forms.BooleanField(
        label="我当面或电话问过：说清了做什么用、谁看得到、随时可以撤回，本人或监护人单独同意记这一项。",
        error_messages={"required": "要先问过本人或监护人，得到同意，才能记。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (row.name, f"{row.label}：{row.purpose}。依据：{row.basis}") for row in labels.LABELS
        ]

    def clean(self):
        said = super().clean()
        said.pop("agreed", None)
        return said


# fmt: off
ACTS = {
    #  in the address   what people call it   the verb                  its form            what is said after              what to know before
    "describe": Act("改正资料",   actions.describe_person,  DescribePerson,    "已改好。",                     "没有遮住的内容不在这一页上显示：空着的就不改。"),
    "label":    Act("记服务标签",  actions.grant_label,      GrantLabel,   "服务标签已记下，到期前会再问本人。", "标签只有这几种，都要本人或监护人同意才能记，随时可以撤回，不影响别的事。"),
    "move":     Act("搬到另一户",  actions.move_person,      MovePerson,   "已搬到新的一户。"),
    "leave":    Act("已经搬走",   actions.leave,            Leave,        "这个人的档案已结束。",           "只在本人搬出本区时用。服务标签今天撤回，档案满一年后删除。", "danger"),
}
# fmt: on
BUTTONS = [(verb, act.label) for verb, act in ACTS.items() if verb != "label"]
