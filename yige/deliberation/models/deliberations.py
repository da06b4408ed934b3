"""A deliberation, whose it is to see, for whom it waits, and its history."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, posts_of
from yige.archive.models import Person
from yige.cases.models import Case
from yige.deliberation.decision_rules import Rule, rule_of
from yige.deliberation.models.outcomes import MATTER_CHOICES, Objection, Step
from yige.deliberation.models.votes import Vote
from yige.deliberation.words import OPEN_STAGES, RaisedFrom, Stage
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.lib.typed_text import shorten
from yige.topics.models import Topic, paths_above


class DeliberationQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(stage__in=OPEN_STAGES)

    def public(self) -> Self:
        """What everybody may read: from the first notice on, whatever became of it."""
        return self.filter(noticed_at__isnull=False)

    def visible_to(self, user, at) -> Self:
        """Keep those of the own area and of what lies above it, and those of which the own unit does a step."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("see_deliberations"):
                reach |= Q(Exists(Step.objects.filter(deliberation=OuterRef("pk"), unit=post.unit_id)))
                if post.rule.level:
                    reach |= Q(path__startswith=post.path) | Q(path__in=paths_above(post.path))
        return self.none() if reach == NOTHING else self.filter(reach)

    def minded_by(self, user, at) -> Self:
        """Keep those whose next act stands on this person's desk."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("lead_deliberations"):
                reach |= Q(path__startswith=post.path)
            if post.may("work_on_deliberations"):
                steps = Step.objects.open().filter(deliberation=OuterRef("pk"), unit=post.unit_id)
                reach |= Q(Exists(steps), stage=Stage.SETTLED)
        return self.none() if reach == NOTHING else self.filter(reach)

    def waiting(self, at) -> Self:
        """Keep those that wait for somebody's act now, and not for a day or for a meeting."""
        steps = Step.objects.open().filter(deliberation=OuterRef("pk"))
        objections = Objection.objects.filter(deliberation=OuterRef("pk"), answered_at=None)
        return self.filter(
            Q(stage__in=(Stage.RAISED, Stage.LISTED))
            | Q(~Exists(Vote.objects.running(at).filter(deliberation=OuterRef("pk"))), stage=Stage.MET)
            | Q(stage=Stage.NOTICED, meeting_at__lte=at)
            | Q(Q(shown_until__lt=at) | Exists(objections), stage=Stage.SHOWN)
            | Q(~Exists(steps) | Exists(steps.filter(due_on__lt=local_day(at))), stage=Stage.SETTLED)
        )


class Deliberation(models.Model):
    """One matter that neighbours decide together (议题). Only `actions.py` writes it.

    `raised_words` are those of whoever raised it and are read by staff alone; `title`, `words` and `affected` are the
    head's, for everybody.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("范围路径", max_length=120)
    area = models.CharField("范围", max_length=60)
    stage = models.CharField("到哪一步", max_length=10, choices=Stage.choices, default=Stage.RAISED)
    raised_from = models.CharField("来自", max_length=10, choices=RaisedFrom.choices)
    raised_words = models.TextField("提的时候怎么说的", max_length=600, blank=True)
    raised_at = models.DateTimeField("提出时间")
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="提的居民")
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, related_name="deliberations", verbose_name="专题"
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="deliberations", verbose_name="事项"
    )
    title = models.CharField("题目", max_length=40, blank=True)
    words = models.TextField("要商量什么", max_length=600, blank=True)
    affected = models.TextField("和谁有关", max_length=600, blank=True)
    matter = models.CharField("定哪一种", max_length=20, choices=MATTER_CHOICES, blank=True)
    materials = models.TextField("材料", max_length=2000, blank=True)
    noticed_at = models.DateTimeField("发通知的时间", null=True)
    meeting_at = models.DateTimeField("开会时间", null=True)
    meeting_place = models.CharField("开会地点", max_length=60, blank=True)
    shown_at = models.DateTimeField("开始公示", null=True)
    shown_until = models.DateTimeField("公示到", null=True)
    why_ended = models.CharField("为什么不列入、不再议", max_length=200, blank=True)
    due_on = models.DateField("下一步最迟哪天", null=True)
    told_on = models.DateField("告诉过哪天过了日子", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = DeliberationQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "path", "area", "stage", "raised_from", "raised_at", "raised_by", "topic", "case", "title", "words",
            "affected", "matter", "materials", "noticed_at", "meeting_at", "meeting_place", "shown_at", "shown_until",
            "why_ended", "due_on", "told_on", "version",
        )  # fmt: skip
        masked = ("person", "raised_words")
        keep = "for ever"
        erased = {"person": ("raised_words",)}
        handed_over = {"person": ("id",)}

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=["raised", "declined"]) | ~Q(title=""), name="listed_matter_has_a_title"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["noticed", "met", "shown", "settled", "answered"])
                | (Q(noticed_at__isnull=False) & Q(meeting_at__isnull=False) & ~Q(matter="")),
                name="noticed_matter_has_a_meeting_and_a_form",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=["declined", "dropped"]) | ~Q(why_ended=""),
                name="matter_ends_early_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(stage="shown") | Q(shown_until__isnull=False), name="publicity_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=OPEN_STAGES) | Q(due_on__isnull=False), name="open_matter_has_a_day"
            ),
        ]

    def __str__(self):
        return self.title or shorten(self.raised_words, 40) or "居民提的事"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def rule(self) -> Rule | None:
        """The rule by which it is decided; None before the notice says so."""
        return rule_of(self.matter) if self.matter else None

    @property
    def form(self) -> str:
        return self.rule.form if self.rule else ""


class DeliberationLine(models.Model):
    """One line of the history: who did what, in words; everybody reads what and when, staff by whom."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    deliberation = models.ForeignKey(Deliberation, models.PROTECT, related_name="lines")
    at = models.DateTimeField("时间")
    verb = models.CharField("做了什么", max_length=20)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    unit = models.CharField("单位", max_length=100, blank=True)
    words = models.TextField("怎么说的", max_length=1000, blank=True)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"{self.verb} {self.words[:40]}"
