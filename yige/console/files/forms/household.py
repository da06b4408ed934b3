"""The forms of households and people. No number or name in the clear stands in any of them: what is empty stays."""

from django import forms

from yige.archive import labels
from yige.archive.models import Person
from yige.archive.people import queries, sealing
from yige.archive.words import GrantedBy, HomeUse, Relation, Sex, TieKind, YesNo
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
        return f"{sealing.masked(person, 'name')}（{relation}）"


def grown_ups(household, at):
    """Return the people of a household who may be a contact or a guardian."""
    return Person.objects.of(household).exclude(birth_year__gte=local_day(at).year - 14)


class Facts(OfFile):
    """What may be said of a person; each field has its purpose in `archive/purposes.py`."""

    name = line("姓名", required=True, missing="请填写姓名。")
    relation = forms.ChoiceField(
        label="与户主关系", required=False, choices=[("", "没有写"), *Relation.choices], **LIST
    )
    birth_year = forms.IntegerField(
        label="出生年", required=False, help_text="四位数，比如 1948。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", **QUIET}), error_messages={"invalid": "出生年写四位数，比如 1948。"},
    )  # fmt: skip
    sex = forms.ChoiceField(label="性别", required=False, choices=Sex.choices, initial=Sex.UNKNOWN, **LIST)
    phone = line("联系电话", help_text="本人愿意留才填。", attrs={"inputmode": "tel"})
    emergency = line("紧急联系人", help_text="写称呼和电话，比如：女儿 199****；本人愿意留才填。")
    guardian = PersonChoice(
        Person.objects.none(), label="监护人", required=False, empty_label="没有", help_text="十四岁以下的必填，从本户的大人里选。", **LIST
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guardian"].queryset = grown_ups(self.household, self.at)

    def clean_sex(self):
        return self.cleaned_data["sex"] or Sex.UNKNOWN


class AddPerson(Facts):
    since = forms.DateField(label="从哪天起住在这里", **DAY)


class Describe(Facts):
    """Correct some fields; names and numbers are not shown here, so an empty one is left as it is."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    no_phone = forms.BooleanField(label="删掉电话", required=False)
    no_emergency = forms.BooleanField(label="删掉紧急联系人", required=False)
    field_order = (
        "name",
        "relation",
        "birth_year",
        "sex",
        "phone",
        "no_phone",
        "emergency",
        "no_emergency",
        "guardian",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in ("name", "phone", "emergency"):
            masked = sealing.masked(self.subject, field)
            self.fields[field].required = False
            self.fields[field].help_text = f"现在是 {masked or '没有留'}。空着就不改。"
        for field in ("relation", "birth_year", "sex"):
            self.fields[field].initial = getattr(self.subject, field)
        self.fields["guardian"].initial = self.subject.guardian_id
        self.fields["guardian"].queryset = grown_ups(self.household, self.at).exclude(pk=self.subject.pk)
        self.fields["seen"].initial = self.subject.version

    def clean(self):
        said = super().clean()
        for field in ("phone", "emergency"):
            if said.pop(f"no_{field}", False):
                if said.get(field):
                    self.add_error(field, "要么填新的，要么勾选删掉，不能两样都要。")
                said[field] = ""
            elif not said.get(field):
                said.pop(field, None)
        for field in ("name", "birth_year"):  # without a year nobody would know a child
            if not said.get(field):
                said.pop(field, None)
        said["seen"] = said.get("seen") or "0"
        return said


class NameContact(OfFile):
    person = PersonChoice(
        Person.objects.none(), label="有事先找谁", required=False, empty_label="先不定", **LIST
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = grown_ups(self.household, self.at)
        self.fields["person"].initial = self.household.contact_id


class TellSafety(OfFile):
    use = forms.ChoiceField(label="用途", choices=HomeUse.choices, **LIST)
    gas = forms.ChoiceField(label="用瓶装气", required=False, choices=YesNo.choices, **LIST)
    escape_clear = forms.ChoiceField(label="逃生口畅通", required=False, choices=YesNo.choices, **LIST)
    indoor_charging = forms.ChoiceField(label="电动车进屋充电", required=False, choices=YesNo.choices, **LIST)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields if self.household.home_id else ():
            self.fields[name].initial = getattr(self.household.home, name)


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


class MoveHousehold(ToHome):
    kind = forms.ChoiceField(
        label="自住还是租住", choices=[(TieKind.LIVES, "住在（自住）"), (TieKind.RENTS, "租住")], **LIST
    )
    since = forms.DateField(label="从哪天起", **DAY)


class NewHousehold(MoveHousehold):
    """The file of a household that is not on file yet; its people are added on its page."""

    def clean(self):
        said = super().clean()
        self.home = said.pop("home", None)
        return said


class MovePerson(ToHome):
    relation = forms.ChoiceField(
        label="与那一户户主的关系", choices=[("", "请选"), *Relation.choices], **LIST
    )
    household = forms.CharField(label="哪一户", required=False, max_length=40, widget=forms.HiddenInput)
    since = forms.DateField(label="从哪天起", **DAY)

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
            (str(row.pk), sealing.masked(row.contact, "name") if row.contact_id else "没有定联系人的一户")
            for row in living
        ]
        self.fields["household"].widget = forms.Select(choices=[("", "请选"), *names])
        self.add_error("household", f"这套房里有 {len(living)} 户，请选是哪一户。")


class EndHousehold(OfFile):
    since = forms.DateField(label="哪天搬走的", **DAY)


class Leave(OfFile):
    since = forms.DateField(label="哪天搬走的", **DAY)


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
