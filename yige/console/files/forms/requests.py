"""What registrars answer to a request about a file, and what is taken down for somebody who asks at a desk or by phone."""

from django import forms

from yige.archive.people.purposes import GROUPS
from yige.archive.rights.requests import WORDS
from yige.archive.words import RequestKind
from yige.web.forms import KeyedForm

TOO_LONG = f"最多写 {WORDS} 个字，请删减一些。"


class AnswerForm(forms.Form):
    granted = forms.TypedChoiceField(
        label="怎么答复？",
        choices=[("yes", "办了（或者同意办）"), ("no", "没有办")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    words = forms.CharField(
        label="答复",
        max_length=WORDS,
        strip=False,
        help_text="申请人看得到。办了的写怎么办的；没有办的写为什么，还可以找谁。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写一写怎么办的、为什么。", "max_length": TOO_LONG},
    )


class BackForm(forms.Form):
    words = forms.CharField(
        label="为什么退回",
        max_length=WORDS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写一写为什么退回。", "max_length": TOO_LONG},
    )


class TakenForm(KeyedForm):
    """The same that a resident types, taken down for him or her."""

    kind = forms.ChoiceField(
        label="本人要求什么？",
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个。", "invalid_choice": "请选一个。"},
    )
    field = forms.ChoiceField(
        label="关于哪一项",
        required=False,
        choices=[("", "整份档案，或者说不清"), *((group.name, group.label) for group in GROUPS)],
        error_messages={"invalid_choice": "请从列表里选。"},
    )
    words = forms.CharField(
        label="本人怎么说的",
        required=False,
        strip=False,
        max_length=WORDS,
        help_text="照原话记，本人看得到。",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )


class FindForm(forms.Form):
    """A whole number or a whole name; the search itself is logged."""

    q = forms.CharField(
        label="本人的电话或姓名",
        max_length=40,
        help_text="要填完整。查找会记进日志。",
        error_messages={"required": "请填完整的电话或姓名。", "max_length": "请填完整的电话或姓名。"},
    )
