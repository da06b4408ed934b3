"""The forms of a link: an area for a cadre, a household for somebody whom it agreed to."""

from django import forms

from yige.accounts.models import User
from yige.accounts.roles import having
from yige.archive.people import queries
from yige.console.contact.rows import links as rows
from yige.console.files.forms.household_fields import line

PICK = {"required": "请选一位。", "invalid_choice": "请从列表里选。"}
MANY_AT_DOOR = "这个门牌不止一户，请把小区、楼栋和单元写全；同一套房住几户的，请到那一户的档案里看。"


class UserChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return f"{user.name}（{user.username}）"


class AreaLinkForm(forms.Form):
    user = UserChoice(User.objects.none(), label="哪位干部", empty_label="请选", error_messages=PICK)
    path = forms.ChoiceField(
        label="包哪一片", error_messages={"required": "请选一片。", "invalid_choice": "请从列表里选。"}
    )

    def __init__(self, data=None, *, viewer, at):
        super().__init__(data, auto_id="area_%s")
        self.fields["user"].queryset = rows.users_to_link(viewer, at, "give_areas", having("take_areas"))
        self.fields["path"].choices = [("", "请选"), *rows.place_choices(viewer, at, "give_areas")]

    def clean(self):
        said = super().clean()
        self.taker = said.pop("user", None)
        return said


class HouseholdLinkForm(forms.Form):
    user = UserChoice(User.objects.none(), label="哪位党员或干部", empty_label="请选", error_messages=PICK)
    door = line("哪一户", 60, required=True, help_text="写门牌，比如：向阳小院3号楼1单元301。")
    consented = forms.BooleanField(label="问过本户，本户同意由这位来联系，知道随时可以解除。", required=False)

    def __init__(self, data=None, *, viewer, at):
        super().__init__(data, auto_id="join_%s")
        self.viewer, self.at = viewer, at
        self.fields["door"].error_messages["required"] = "请写是哪一户的门牌。"
        self.fields["user"].queryset = rows.users_to_link(viewer, at, "link_households", having("visit"))

    def clean(self):
        said, self.taken = super().clean(), None
        found = queries.at_door(self.viewer, self.at, said.pop("door", "") or "")
        if "door" in self.errors:
            return said
        if len(found) == 1:
            self.taken = found[0]
        else:
            self.add_error("door", MANY_AT_DOOR if found else "在您能看的范围里没有这一户，请核对门牌。")
        return said
