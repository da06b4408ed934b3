"""What has to be said in step 3."""

from django import forms
from django.conf import settings

from yige.accounts.scope import posts_with
from yige.cases import dangers, queries
from yige.cases.models import Case, Category, Reporter
from yige.cases.reporters import ReporterContact, masked_contact
from yige.cases.words import OPEN, HeardHow
from yige.grids.models import Grid, Level
from yige.lib.numbers import parse
from yige.lib.phones import phone_digits
from yige.steps.fields import Choice, Line, RowChoice, SpokenForm, StepForm, WayHeard, Words

OWN = "own"  # said by nobody else


class Accept(StepForm):
    category = RowChoice("分类")
    urgency = Choice("紧急程度")
    nature = Choice("性质", hint="个人事项只答复本人，不进公开台账。")

    def prepare(self) -> None:
        groups = queries.category_groups()
        self.fields["category"].offer(groups, {value: value for _, group in groups for value, _ in group})
        waits = self.case.danger if self.case.danger_at else ""
        self.initial = {
            "category": str(queries.proposed_category(self.case, waits).pk),
            "urgency": dangers.proposed_urgency(waits, self.case.urgency),
            "nature": self.case.nature,
        } | self.initial

    def clean_category(self) -> Category | None:
        return Category.objects.get(pk=self.cleaned_data["category"])


class Judge(StepForm):
    urgency = Choice("紧急程度")
    words = Words("看到、问到什么，怎么安排的", hint="只给工作人员看。反映人会看到街道已经看过、按哪一级办。")

    def prepare(self) -> None:
        self.initial = {
            "urgency": dangers.proposed_urgency(self.case.danger, self.case.urgency)
        } | self.initial


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

    def clean_into(self) -> Case:
        serial = parse(self.cleaned_data["into"], settings.YIGE_DISTRICT_CODE)
        found = Case.objects.visible_to(self.by, self.at).filter(serial=serial, state__in=OPEN).first()
        if serial is None or found is None:
            raise forms.ValidationError("没有找到这件未结束的事项，请核对编号。")
        if found.pk == self.case.pk:
            raise forms.ValidationError("这就是本事项，请写另一件的编号。")
        return found


class Separate(StepForm):
    words = Words(
        "为什么不是同一件",
        longest=500,
        hint="反映人看得到。分开以后从他反映的时候接着算时限，由您或派单的人重新安排。",
    )


class Correct(StepForm):
    place = Line("具体位置", longest=200, required=False)
    category = RowChoice("类别")
    urgency = Choice("紧急程度", required=False)
    nature = Choice("性质", required=False, hint="个人事项只答复本人，不进公开台账。")
    words = Words(
        "怎么知道的、为什么改", longest=500, rows=2, hint="只有工作人员看得到。反映人会收到一句：更正了什么。"
    )

    def prepare(self) -> None:
        groups = queries.category_groups()
        self.fields["category"].offer(groups, {value: value for _, group in groups for value, _ in group})
        if not posts_with(self.by, self.at, "dispatch", self.case.grid_path):
            del self.fields["urgency"], self.fields["nature"]
        self.initial = {
            "place": self.case.place,
            "category": str(self.case.category_id),
            "urgency": self.case.urgency,
            "nature": self.case.nature,
        } | self.initial

    def clean_category(self) -> Category | None:
        return Category.objects.select_related("parent").get(pk=self.cleaned_data["category"])

    def arguments(self) -> dict:
        """Return what was said; a place left as it is was not said."""
        said = {name: value for name, value in self.cleaned_data.items() if value is not None}
        return said if said["place"] != self.case.place else {**said, "place": None}


class MoveGrid(StepForm):
    grid = RowChoice("改到哪个网格", hint="原来网格的单位和承办人交回，由新的网格重新安排；时限照原来的算。")
    words = Words("凭什么改", longest=500, rows=2, hint="只有工作人员看得到。")

    def prepare(self) -> None:
        self.fields["grid"].offer(*grids_to_choose(self.case))

    def clean_grid(self) -> Grid | None:
        return Grid.objects.public().filter(pk=self.cleaned_data["grid"]).first()


class CorrectSlip(StepForm):
    report = Words("问题描述", longest=2000, rows=4, hint="只改登记时写错的字；改动前的话留着。")
    name = Line("怎么称呼", longest=20, required=False)
    phone = Line("电话", longest=30, required=False)
    renew = Choice(
        "原来登记的号码",
        (("yes", "是别人的，让发出去的链接失效"), ("no", "是反映人自己的")),
        coerce="yes".__eq__,
        required=False,
        hint="改号码时选。链接失效以后，请给反映人重新打一张回执。",
    )

    def prepare(self) -> None:
        if self.case.reported_by_id is None:
            del self.fields["report"]
        self.initial = {"report": self.case.words} | self.initial
        for name, hint in contact_hints(self.case).items():
            self.fields[name].help_text = hint
            self.fields[name].widget.attrs["data-yg-private"] = ""

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        if typed and not 5 <= len(phone_digits(typed)) <= 16:
            raise forms.ValidationError("这个电话号码看不懂，请检查一下；不改的可以空着。")
        return typed

    def arguments(self) -> dict:
        said = self.cleaned_data
        contact = ReporterContact(said["name"], said["phone"])
        given = {"report": said.get("report"), "contact": contact if any(contact[:2]) else None}
        return {name: value for name, value in given.items() if value is not None} | {
            "renew": bool(said["renew"])
        }


def grids_to_choose(case) -> tuple[list[tuple], dict[str, str]]:
    """Return the other grids of the street as choices below their communities, and the ids that may be chosen."""
    top = "/".join(case.grid_path.split("/")[:2]) + "/"
    rows = Grid.objects.public().below(top).filter(level__lte=Level.GRID).order_by("path")
    groups, above = {}, ""
    for pk, level, name in rows.values_list("pk", "level", "name"):
        above = name if level < Level.GRID else above
        label = name if level == Level.GRID else f"{name}，说不清哪个网格"
        groups.setdefault(above, []).append((str(pk), label))
    others = {
        above: [pair for pair in pairs if pair[0] != str(case.grid_id)] for above, pairs in groups.items()
    }
    return list(others.items()), {value: value for pairs in others.values() for value, _ in pairs}


def contact_hints(case) -> dict[str, str]:
    """Return beside each field of the contact what is on file, masked; it is opened by a reveal alone."""
    row = Reporter.objects.filter(case=case, removed_at=None).first()
    contact = masked_contact(row) if row else {"name": "", "phone": ""}
    return {
        name: f"现在登记的是 {contact[name]}；不改的空着。" if contact[name] else "现在没有登记；不填的空着。"
        for name in ("name", "phone")
    }


class Object(SpokenForm):
    heard = WayHeard()
    words = Words("反映人的理由", longest=1000)


class Withdraw(SpokenForm):
    heard = WayHeard()
    words = Words("反映人说为什么撤回", longest=500)


class Cancel(StepForm):
    reason = Choice("哪里登记错了", hint="只用于您自己登记时的差错；事情本身不该办的，由街道“不予受理”。")
    words = Words("说明", longest=500, hint="对的那一件是哪个编号，或该怎么办。反映人看得到，可以提异议。")


class Add(SpokenForm):
    heard = WayHeard("谁说的", hint="反映人说的，照原话记；反映人的页面会写明是怎么说的、由哪里记下。")
    words = Words("补充的内容")

    def prepare(self) -> None:
        """Whoever may do both says which it is: the one is not taken for the other by not choosing."""
        super().prepare()
        field = self.fields.get("heard")
        if field and not field.required:
            field.required = True
            field.choices = [("", "请选择"), *field.choices[1:], (OWN, self.own_words)]
            field.coerce = lambda value: "" if value == OWN else HeardHow(value)


class Urge(SpokenForm):
    heard = WayHeard()
