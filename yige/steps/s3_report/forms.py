"""What has to be said in step 3."""

from django import forms
from django.conf import settings

from yige.cases import queries
from yige.cases.models import Case, Category
from yige.cases.words import OPEN
from yige.lib.numbers import parse
from yige.steps.fields import Choice, RowChoice, SpokenForm, StepForm, WayHeard, Words


class Accept(StepForm):
    category = RowChoice("分类")
    urgency = Choice("紧急程度")
    nature = Choice("性质", hint="个人事项只答复本人，不进公开台账。")

    def prepare(self) -> None:
        groups = queries.category_groups()
        self.fields["category"].offer(groups, {value: value for _, group in groups for value, _ in group})
        self.initial = {
            "category": str(self.case.category_id),
            "urgency": self.case.urgency,
            "nature": self.case.nature,
        } | self.initial

    def clean_category(self) -> Category | None:
        return Category.objects.get(pk=self.cleaned_data["category"])


class Reject(StepForm):
    reason = Choice("不予受理的原因")
    words = Words("告诉反映人该找谁、怎么办", hint="写清去哪里、打什么电话。反映人可以提出一次异议。")


class Merge(StepForm):
    into = forms.CharField(
        label="并入哪一件（编号）",
        max_length=64,
        help_text="写对方的事项编号，例如 410106-0001234-5。",
        error_messages={"required": "请写要并入的事项编号。", "max_length": "这不是事项编号。"},
    )

    def clean_into(self):
        serial = parse(self.cleaned_data["into"], settings.YIGE_DISTRICT_CODE)
        found = Case.objects.visible_to(self.by, self.at).filter(serial=serial, state__in=OPEN).first()
        if serial is None or found is None:
            raise forms.ValidationError("没有找到这件未结束的事项，请核对编号。")
        if found.pk == self.case.pk:
            raise forms.ValidationError("这就是本事项，请写另一件的编号。")
        return found


class Object(SpokenForm):
    heard = WayHeard()
    words = Words("反映人的理由", longest=1000)


class Withdraw(SpokenForm):
    heard = WayHeard()
    words = Words("反映人说为什么撤回", longest=500)


class Cancel(StepForm):
    reason = Choice("哪里登记错了", hint="只用于您自己登记时的差错；事情本身不该办的，由街道“不予受理”。")
    words = Words("说明", longest=500, hint="对的那一件是哪个编号，或该怎么办。反映人看得到，可以提异议。")


class Add(StepForm):
    words = Words("补充的内容")


class Urge(SpokenForm):
    heard = WayHeard()
