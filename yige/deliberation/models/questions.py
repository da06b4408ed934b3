"""A question that was answered where it was raised: no case and no deliberation, and yet kept with its source."""

from typing import Self

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, posts_of
from yige.archive.models import Person
from yige.deliberation.words import RaisedFrom
from yige.lib.ids import new_id


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user, at) -> Self:
        """Keep those of the own area."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("raise_deliberations"):
                reach |= Q(path__startswith=post.path)
        return self.none() if reach == NOTHING else self.filter(reach)


class Question(models.Model):
    """One question and its answer, for whoever asked and for the heads of its place."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("范围路径", max_length=120)
    area = models.CharField("范围", max_length=60)
    raised_from = models.CharField("来自", max_length=10, choices=RaisedFrom.choices)
    words = models.TextField("问了什么", max_length=600, blank=True)
    answer = models.TextField("怎么答复", max_length=600)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁问的")
    answered_at = models.DateTimeField("答复时间")
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Privacy:
        open = ("id", "path", "area", "raised_from", "answered_at", "answered_by")
        masked = ("person", "words", "answer")
        keep = "for ever"
        erased = {"person": ("words",)}
        handed_over = {"person": ("id",)}

    class Meta:
        ordering = ["-answered_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(answer=""), name="answered_question_says_how"),
        ]

    def __str__(self):
        return f"{self.area} {self.get_raised_from_display()}"
