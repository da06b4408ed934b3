"""Visits, what was raised on them (情), what was promised, and the answers that were given and heard."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import FileScope
from yige.archive.models import Household, Person
from yige.archive.models.people import linked_households
from yige.cases.models import Case
from yige.cases.words import AnswerKind
from yige.contact.words import Mode, NeedKind, SlotKind
from yige.grids.models import Grid
from yige.lib.ids import new_id

LONGEST_WORDS = 200  # characters; what is written about a need is read by the household


class OfHouseholds(FileScope):
    """Rows of a household's file: `grid_path` is where the household stood when the row was written."""

    def linked_to(self, user, day) -> Q:
        return Q(household__in=Household.objects.filter(linked_households(user, day)).values("pk"))


class Visit(models.Model):
    """One visit to one household: how it went, never where somebody walked; a photo is never part of it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="visits", verbose_name="户")
    grid_path = models.CharField("网格路径", max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="走访人")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    role_label = models.CharField("岗位", max_length=20)
    mode = models.CharField("方式", max_length=8, choices=Mode)
    at = models.DateTimeField("走访时间")

    objects = OfHouseholds.as_manager()

    class Privacy:
        open = ("id", "grid_path", "unit", "role_label", "mode", "at")
        masked = ("household", "by")
        keep = "3 years; what was written on it 1 year"

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["household", "-at"], name="visits_of_a_household"),
            models.Index(
                fields=["grid_path", "at"],
                name="visits_by_place",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
            ),
        ]

    def __str__(self):
        return f"{self.get_mode_display()} {self.at:%Y-%m-%d}"


class NeedQuerySet(OfHouseholds):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Need(models.Model):
    """A problem, need or opinion that a household raised; open until an answer that ends it was heard."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="needs", verbose_name="户")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="谁说的"
    )
    grid_path = models.CharField("网格路径", max_length=120)
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="needs", verbose_name="哪次走访")
    kind = models.CharField("类别", max_length=8, choices=NeedKind)
    words = models.CharField("内容", max_length=LONGEST_WORDS, blank=True)
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="need", verbose_name="事项")
    raised_at = models.DateTimeField("提出时间")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="记的人")
    closed_at = models.DateTimeField("答复了结时间", null=True)

    objects = NeedQuerySet.as_manager()

    class Privacy:
        open = ("id", "grid_path", "kind", "raised_at", "closed_at")
        masked = ("household", "person", "visit", "words", "case", "by")
        keep = "1 year after its end, then the words are removed"
        erased = {"person": ("words",)}
        handed_over = {"person": ("id",)}

    class Meta:
        ordering = ["raised_at", "id"]
        indexes = [
            models.Index(fields=["household"], name="needs_open", condition=Q(closed_at=None)),
            models.Index(fields=["household", "-raised_at"], name="needs_of_a_household"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.raised_at:%Y-%m-%d}"


class PromiseQuerySet(OfHouseholds):
    def open(self) -> "PromiseQuerySet":
        return self.filter(kept_at=None, released_at=None)

    def broken(self, day) -> "PromiseQuerySet":
        return self.open().filter(due_on__lt=day)


class Promise(models.Model):
    """Something promised to a household for a day; a broken one shows on the head's desk, on a unit, not on a person."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(Household, models.PROTECT, related_name="promises", verbose_name="户")
    grid_path = models.CharField("网格路径", max_length=120)
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, related_name="promises", verbose_name="为了哪件事"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="promises", verbose_name="哪次走访"
    )
    words = models.CharField("答应了什么", max_length=LONGEST_WORDS, blank=True)
    due_on = models.DateField("答应到哪天")
    first_due_on = models.DateField("最初答应到哪天")
    made_at = models.DateTimeField("答应时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁答应的")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="promises", verbose_name="单位")
    told_at = models.DateTimeField("过期告知时间", null=True)
    kept_at = models.DateTimeField("做到时间", null=True)
    released_at = models.DateTimeField("说明办不了的时间", null=True)

    objects = PromiseQuerySet.as_manager()

    class Privacy:
        open = (
            "id",
            "grid_path",
            "due_on",
            "first_due_on",
            "made_at",
            "unit",
            "told_at",
            "kept_at",
            "released_at",
        )
        masked = ("household", "need", "visit", "words", "by")
        keep = "1 year after its end, then the words are removed"
        erased = {"need__person": ("words",)}

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("first_due_on")), name="promise_is_put_off_not_back"
            )
        ]
        indexes = [
            models.Index(
                fields=["household"], name="promises_open", condition=Q(kept_at=None, released_at=None)
            ),
            models.Index(
                fields=["grid_path", "due_on"],
                name="promises_open_by_place",
                opclasses=["text_pattern_ops", "date_ops"],
                condition=Q(kept_at=None, released_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.due_on}"


class Answer(models.Model):
    """One of the three answers to a need or a promise; `heard_at` is when the household heard it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="answers", verbose_name="哪件事")
    promise = models.ForeignKey(
        Promise, models.PROTECT, null=True, related_name="answers", verbose_name="哪个承诺"
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, related_name="answers", verbose_name="哪次走访"
    )
    kind = models.CharField("答复", max_length=12, choices=AnswerKind)
    words = models.CharField("怎么说的", max_length=300, blank=True)
    ends = models.BooleanField("事情到此了结", default=False)
    at = models.DateTimeField("答复时间")
    heard_at = models.DateTimeField("听到时间", null=True)

    class Privacy:
        open = ("id", "kind", "ends", "at", "heard_at")
        masked = ("need", "promise", "visit", "words")
        keep = "1 year after its end, then the words are removed"
        erased = {"need__person": ("words",)}

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(need__isnull=False, promise=None) | Q(need=None, promise__isnull=False),
                name="answer_is_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["visit", "need"], condition=Q(need__isnull=False), name="one_answer_to_a_need_on_a_visit"
            ),
            models.UniqueConstraint(
                fields=["visit", "promise"], condition=Q(promise__isnull=False),
                name="one_answer_to_a_promise_on_a_visit",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.get_kind_display()


class Slot(models.Model):
    """An hour that a head offers: 书记有约 at the office, or a visit by appointment."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类别", max_length=10, choices=SlotKind)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="辖区")
    grid_path = models.CharField("网格路径", max_length=120)
    host = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁接待")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    place = models.CharField("地点", max_length=60)
    at = models.DateTimeField("开始时间")
    minutes = models.PositiveSmallIntegerField("多长（分钟）", default=30)
    seats = models.PositiveSmallIntegerField("能约几户", default=1)
    cancelled_at = models.DateTimeField("取消时间", null=True)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "1 year"

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["grid_path", "at"],
                name="slots_by_place",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%m-%d %H:%M}"


class Appointment(models.Model):
    """A household takes a slot, with a word about what it is."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="appointments", verbose_name="哪个时段")
    household = models.ForeignKey(Household, models.PROTECT, related_name="appointments", verbose_name="户")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁约的")
    grid_path = models.CharField("网格路径", max_length=120)
    words = models.CharField("想说什么", max_length=LONGEST_WORDS, blank=True)
    booked_at = models.DateTimeField("预约时间")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="代约的人")
    cancelled_at = models.DateTimeField("取消时间", null=True)
    held_at = models.DateTimeField("见面时间", null=True)

    objects = OfHouseholds.as_manager()

    class Privacy:
        open = ("id", "slot", "grid_path", "booked_at", "taken_by", "cancelled_at", "held_at")
        masked = ("household", "person", "words")
        keep = "1 year"
        erased = {"person": ("words",)}
        handed_over = {"person": ("id",)}

    class Meta:
        ordering = ["booked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "household"],
                condition=Q(cancelled_at=None),
                name="household_takes_a_slot_once",
            )
        ]

    def __str__(self):
        return f"{self.booked_at:%m-%d %H:%M}"
