"""What may be done to the file of a household, as one table: its verb, its form, its words; and the forms."""

from django import forms

from yige.archive.models import Person
from yige.archive.people import actions, home_safety
from yige.archive.words import HomeUse, TieKind, YesNo
from yige.console.files.forms.household_fields import DAY, LIST, Act, OfFile, PersonChoice, ToHome, grown_ups
from yige.console.files.forms.person_act import AddPerson
from yige.steps.typed_fields import AnyDay


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


class MoveHousehold(ToHome):
    kind = forms.ChoiceField(
        label="自住还是租住", choices=[(TieKind.LIVES, "住在（自住）"), (TieKind.RENTS, "租住")], **LIST
    )
    since = AnyDay(label="从哪天起", **DAY)


class NewHousehold(MoveHousehold):
    """The file of a household that is not on file yet; its people are added on its page."""

    def clean(self):
        said = super().clean()
        self.home = said.pop("home", None)
        return said


class EndHousehold(OfFile):
    since = AnyDay(label="哪天搬走的", **DAY)


# fmt: off
ACTS = {
    #  in the address       what people call it   the verb                  its form              what is said after              what to know before
    "add-person": Act("加一个人",       actions.add_person,       AddPerson,            "已加进这一户。",              "只登记上门用得着的。电话、紧急联系人由本人愿意才填；十四岁以下的要先登记监护人。"),
    "contact":    Act("定联系人",       actions.name_contact,     NameContact,    "联系人已定好。"),
    "safety":     Act("用房和消防安全",   home_safety.tell_safety,    TellSafety,     "已记下。",                   "只记本户说的、上门看到的；没有问过的写“不清楚”。"),
    "move":       Act("搬到别处",       actions.move_household,   MoveHousehold,  "新住址已登记，原来的住址留在记录里。", "整户搬走。走访、承诺、标签都跟着这一户。"),
    "end":        Act("撤户",          actions.end_household,    EndHousehold,   "这一户的档案已结束。",          "只在整户搬出本区时用。档案满一年后删除，联系关系今天结束。", "danger"),
}
# fmt: on
BUTTONS = [(verb, act.label) for verb, act in ACTS.items() if verb != "add-person"]
