"""What comes of a deliberation: its meetings, decisions, objections and steps."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from yige.accounts.models import Unit, User
from yige.archive.models import Person
from yige.deliberation.decision_rules import MATTERS, Rule, Share, Tally, rule_of
from yige.deliberation.words import Verdict
from yige.lib.ids import new_id

MATTER_CHOICES = [(matter.name, matter.label) for matter in MATTERS]


class Meeting(models.Model):
    """A meeting that was held: how many came, from which groups, what was said, which options there were."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey("Deliberation", models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField("开会时间")
    present = models.PositiveIntegerField("到会多少人")
    attendance = models.CharField("哪些方面的人来了", max_length=300)
    minutes = models.TextField("大家怎么说", max_length=3000)
    options = models.TextField("有哪几个办法", max_length=1000)
    recorded_at = models.DateTimeField("记的时间")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-held_at", "-id"]

    def __str__(self):
        return f"{self.present}"


def count_column(label) -> models.Field:
    return models.PositiveBigIntegerField(label, default=0)


class Decision(models.Model):
    """What came of a meeting or a vote, by which rule, with what was counted; area in 0.01 m².

    `source`, `source_number` and `source_on` say where an official result was taken over from.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey("Deliberation", models.PROTECT, related_name="decisions")
    matter = models.CharField("定哪一种", max_length=20, choices=MATTER_CHOICES)
    verdict = models.CharField("结果", max_length=12, choices=Verdict.choices)
    words = models.TextField("结果怎么写", max_length=1000)
    all_heads, all_area = count_column("一共多少户"), count_column("总面积")
    yes_heads, yes_area = count_column("同意的户"), count_column("同意的面积")
    no_heads, no_area = count_column("不同意的户"), count_column("不同意的面积")
    abstained_heads, abstained_area = count_column("弃权的户"), count_column("弃权的面积")
    invalid_heads, invalid_area = count_column("无效票的户"), count_column("无效票的面积")
    source = models.CharField("结果来自", max_length=80, blank=True)
    source_number = models.CharField("文号或编号", max_length=60, blank=True)
    source_on = models.DateField("哪天的", null=True)
    recorded_at = models.DateTimeField("记的时间")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    all_heads__gte=F("yes_heads") + F("no_heads") + F("abstained_heads") + F("invalid_heads")
                ),
                name="no_more_vote_than_may_vote",
            ),
            models.CheckConstraint(
                condition=Q(
                    all_area__gte=F("yes_area") + F("no_area") + F("abstained_area") + F("invalid_area")
                ),
                name="no_more_area_votes_than_there_is",
            ),
        ]

    def __str__(self):
        return self.get_verdict_display()

    @property
    def rule(self) -> Rule:
        return rule_of(self.matter)

    @property
    def tally(self) -> Tally:
        parts = {
            name: Share(getattr(self, f"{name}_heads"), getattr(self, f"{name}_area"))
            for name in Tally._fields
        }
        return Tally(**parts)


class Objection(models.Model):
    """A different opinion while the result is shown; the words are read by staff alone, `gist` and `answer` by everybody."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey("Deliberation", models.PROTECT, related_name="objections")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁提的")
    words = models.TextField("怎么说的", max_length=600, blank=True)
    made_at = models.DateTimeField("提的时间")
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="谁代记的")
    gist = models.CharField("提了什么", max_length=200, blank=True)
    answer = models.TextField("怎么答复", max_length=600, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = models.Manager()

    class Privacy:
        open = ("id", "deliberation", "made_at", "noted_by", "gist", "answer", "answered_at", "answered_by")
        masked = ("person", "words")
        keep = "for ever"
        erased = {"person": ("words",)}
        handed_over = {"person": ("id",)}

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (~Q(answer="") & ~Q(gist="") & Q(answered_by__isnull=False)),
                name="answered_objection_says_what_and_how",
            )
        ]

    def __str__(self):
        return self.gist or "还没有答复"


class StepQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)


class Step(models.Model):
    """One step of what was decided: what, by which unit, by which day; `first_due_on` stays."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey("Deliberation", models.PROTECT, related_name="steps")
    words = models.CharField("办什么", max_length=100)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="哪个单位办")
    due_on = models.DateField("哪天以前")
    first_due_on = models.DateField("最初定的日子")
    why_moved = models.CharField("为什么改日子", max_length=200, blank=True)
    set_at = models.DateTimeField("定下的时间")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    done_at = models.DateTimeField("办完的时间", null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_words = models.CharField("办成什么样", max_length=200, blank=True)
    told_on = models.DateField("告诉过哪天过了日子", null=True)

    objects = StepQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | (Q(done_by__isnull=False) & ~Q(done_words="")),
                name="finished_step_of_a_decision_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(due_on=F("first_due_on")) | ~Q(why_moved=""),
                name="moved_step_of_a_decision_says_why",
            ),
        ]

    def __str__(self):
        return self.words
