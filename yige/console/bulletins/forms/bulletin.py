"""What is written into a bulletin: its opening, a story, what is to be changed, and why it is withdrawn."""

from django import forms
from django.conf import settings

from yige.cases.models import Case
from yige.lib.numbers import parse
from yige.steps.fields import Line, Words
from yige.web.forms import KeyedForm

OWN_WORDS = "用自己的话写，不抄反映人的话；不写名字、称呼、电话、门牌。"


class OpeningForm(KeyedForm):
    opening = Words(
        "开头的话", longest=600, required=False, rows=4, hint="这个月和平常有什么不一样。" + OWN_WORDS
    )


class StoryForm(KeyedForm):
    number = Line("事项编号", longest=40, hint="公共事项，反映人说解决了、已经销号的。")
    title = Line("题目", longest=30)
    words = Words("怎么办成的", longest=600, rows=5, hint=OWN_WORDS)

    def clean_number(self) -> str:
        typed = self.cleaned_data["number"]
        serial = parse(typed, settings.YIGE_DISTRICT_CODE)
        named = ("handler", "handed_by", "reported_by")
        self.case = (
            Case.objects.select_related(*named).filter(serial=serial).first() if serial is not None else None
        )
        if self.case is None:
            raise forms.ValidationError("没有这个编号，请对一下。")
        return typed


class SendBackForm(KeyedForm):
    words = Words("要改什么", longest=300, rows=2)


class WithdrawForm(KeyedForm):
    words = Words("为什么撤回", longest=300, rows=3, hint="居民会看到。不写名字、称呼、电话、门牌。")
