"""What the forms of households and people are made of: lines, days, people and doors to choose, and the row of an act."""

from typing import NamedTuple

from django import forms

from yige.archive.models import Person
from yige.archive.people import queries, sealing
from yige.archive.words import Relation
from yige.lib.local_time import local_day
from yige.lib.typed_text import half_width

DAY = {
    "required": False,
    "help_text": "不填就是今天。",
    "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    "error_messages": {"invalid": "日期不对，应如 2026-11-22。"},
}
LIST = {"error_messages": {"invalid_choice": "请从列表里选。", "required": "请选一项。"}}
QUIET = {"autocomplete": "off", "spellcheck": "false"}


def line(label, longest=80, *, missing="", attrs=(), **more):
    sentences = {"max_length": f"最多 {longest} 个字。"} | ({"required": missing} if missing else {})
    return forms.CharField(
        label=label, max_length=longest, error_messages=sentences, widget=forms.TextInput(attrs=QUIET | dict(attrs)),
        **{"required": False, **more},
    )  # fmt: skip


class OfFile(forms.Form):
    """A form about a household or a person, by somebody, at a moment."""

    def __init__(self, data=None, *, subject, user, at, **more):
        super().__init__(data, **more)
        self.subject, self.user, self.at = subject, user, at
        self.household = getattr(subject, "household", subject)
        if "since" in self.fields:
            self.fields["since"].widget.attrs["max"] = local_day(at).isoformat()

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day and day > local_day(self.at):
            raise forms.ValidationError("日期不能在今天以后。")
        return day


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person):
        relation = Relation(person.relation).label if person.relation else "关系没有写"
        return f"{sealing.mask_value(person, 'name')}（{relation}）"


def grown_ups(household, at):
    """Return the people of a household who may be a contact or a guardian."""
    return Person.objects.of(household).exclude(birth_year__gte=local_day(at).year - 14)


class ToHome(OfFile):
    """A door: the building by its whole name, the entrance, the room; only homes that are on file."""

    building = line(
        "楼栋", required=True, missing="请填写楼栋。", help_text="小区和楼栋写全，比如：向阳小院3号楼。", attrs={"list": "buildings"}
    )  # fmt: skip
    unit = line("单元", 10, help_text="没有单元就空着。")
    room = line("房号", 20, required=True, missing="请填写房号。", help_text="比如 301。")

    def clean(self):
        said = super().clean()
        building = "".join(half_width(said.pop("building", "") or "").split())
        unit = half_width(said.pop("unit", "") or "").strip().removesuffix("单元")
        room = half_width(said.pop("room", "") or "").strip().removesuffix("室").upper()
        if self.errors:
            return said
        block, home = queries.home_at(self.user, self.at, building=building, unit=unit, room=room)
        if block is None:
            self.add_error(
                "building", "您的片区里没有登记这栋楼，请核对名字；搬到别的片区，请交给档案管理员。"
            )
        elif home is None:
            self.add_error("room", f"{block}里没有登记这个房号，请核对单元和房号。")
        return said | {"home": home}


class Act(NamedTuple):
    """What may be done to a file: its verb, its form, its words."""

    label: str
    verb: object
    form: type
    done: str
    hint: str = ""
    tone: str = "primary"
