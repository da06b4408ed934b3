"""What a resident types on the pages of the own file, and the sentences when it does not work."""

from django import forms

from yige.alliance.models import ReportingUnit
from yige.alliance.words import HelpHours, HelpSkill
from yige.archive.people.purposes import GROUPS
from yige.archive.rights.requests import WORDS
from yige.archive.words import RequestKind
from yige.deliberation.words import CHOICES_OF_A_VOTER
from yige.lib import typed_text as typed
from yige.web.forms import KeyedForm

DECLINE_MONTHS = (3, 6, 12)


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label="手机号码",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "data-yg-private": ""}),
        error_messages={"required": "请填手机号码。", "max_length": "请填手机号码，只要数字。"},
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label="验证码",
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "data-yg-private": ""}
        ),
        error_messages={"required": "请填短信里的六位数字。", "max_length": "验证码是六位数字。"},
    )

    def clean_code(self):
        code = "".join(typed.half_width(self.cleaned_data["code"]).split())
        if not (len(code) == 6 and code.isascii() and code.isdecimal()):
            raise forms.ValidationError("验证码是六位数字。")
        return code


class RequestForm(KeyedForm):
    """What is asked of those who keep the file."""

    kind = forms.ChoiceField(
        label="您要我们做什么？",
        choices=[
            (RequestKind.CORRECT, "改正：哪里记错了"),
            (RequestKind.DELETE, "删除：不要再留我的档案"),
            (RequestKind.OBJECT, "不同意：不要这样用"),
            (RequestKind.EXPLAIN, "请说明：有疑问"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    field = forms.ChoiceField(
        label="关于哪一项？",
        required=False,
        choices=[("", "整份档案，或者说不清"), *((group.name, group.label) for group in GROUPS)],
        error_messages={"invalid_choice": "请从列表里选，或者选“说不清”。"},
    )
    words = forms.CharField(
        label="请写一写",
        required=False,
        strip=False,
        max_length=WORDS,
        help_text="一两句话就行。改正的，请写应该是什么。",
        widget=forms.Textarea(attrs={"rows": 4, "data-yg-private": ""}),
        error_messages={"max_length": f"最多写 {WORDS} 个字，请删减一些。"},
    )


class CouncilForm(KeyedForm):
    """A matter for neighbours to decide, or another opinion on what was decided."""

    words = forms.CharField(
        label="请写一写",
        strip=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "data-yg-private": ""}),
        error_messages={"required": "请写一写。", "max_length": "最多写 600 个字，请删减一些。"},
    )

    def clean_words(self):
        return typed.clean(self.cleaned_data["words"])


class BallotForm(KeyedForm):
    choice = forms.ChoiceField(
        label="您家怎么投？",
        choices=[(choice.value, choice.label) for choice in CHOICES_OF_A_VOTER],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )


class DeclineForm(forms.Form):
    months = forms.TypedChoiceField(
        label="多久不希望走访？",
        choices=[(months, f"{months} 个月") for months in DECLINE_MONTHS],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )


class BookForm(KeyedForm):
    words = forms.CharField(
        label="想说什么事",
        required=False,
        strip=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "data-yg-private": ""}),
        error_messages={"max_length": "最多写 200 个字，请删减一些。"},
    )


class SkillForm(forms.Form):
    skill = forms.ChoiceField(
        label="会什么",
        choices=[("", "请选择"), *HelpSkill.choices],
        error_messages={"required": "请选一样。", "invalid_choice": "请从列表里选。"},
    )


class HelpForm(SkillForm):
    hours = forms.ChoiceField(
        label="什么时候有空",
        choices=HelpHours.choices,
        error_messages={"required": "请选一个。", "invalid_choice": "请从列表里选。"},
    )


class JoinForm(forms.Form):
    shows_name = forms.BooleanField(label="支部书记看得到我的称呼（遮住一部分）", required=False)


class ReportInForm(forms.Form):
    """Of which unit somebody is who reports in; none where it is not in the list."""

    unit = forms.ModelChoiceField(
        ReportingUnit.objects.none(),
        label="您的单位",
        required=False,
        empty_label="不在名单里，或者不说",
        error_messages={"invalid_choice": "请从列表里选，或者不选。"},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = ReportingUnit.objects.current()


class TakePartForm(forms.Form):
    shows_name = forms.BooleanField(label="组织看得到我的称呼（遮住一部分）", required=False)


class WishForm(KeyedForm):
    words = forms.CharField(
        label="您的心愿",
        max_length=120,
        help_text="一件小事，一两句话，不写姓名、电话、门牌。",
        widget=forms.Textarea(attrs={"rows": 2, "data-yg-private": ""}),
        error_messages={"required": "请写一两句。", "max_length": "最多写 120 个字，请删减一些。"},
    )
    shown = forms.BooleanField(label="让社区里的邻居看到这句话（看不到是谁）", required=False)
