"""The joint plan: dated steps, each with one unit; a day that moved keeps the first one and the reason."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import StrictQuerySet, posts_of
from yige.lib.ids import new_id
from yige.whistles.models.whistle import Whistle

OPEN_STEP = Q(accepted_at=None, dropped_at=None)


class PlanStepQuerySet(StrictQuerySet):
    def open(self) -> "PlanStepQuerySet":
        return self.filter(OPEN_STEP)

    def of_units(self, user, at) -> "PlanStepQuerySet":
        """Keep the steps of the units for which the user handles matters now."""
        units = {post.unit_id for post in posts_of(user, at) if post.may("handle")}
        return self.filter(unit_id__in=units).strict() if units else self.none()


class PlanStep(models.Model):
    """One step: one unit, one sentence, a day."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="steps")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="哪个单位")
    words = models.CharField("做什么", max_length=200)
    due_on = models.DateField("哪一天前")
    first_due_on = models.DateField("最早定的日子")
    added_at = models.DateTimeField("加入时间")
    done_at = models.DateTimeField("做完时间", null=True)
    done_words = models.CharField("怎么做的", max_length=500, blank=True)
    accepted_at = models.DateTimeField("街道认可时间", null=True)
    dropped_at = models.DateTimeField("取消时间", null=True)
    dropped_words = models.CharField("为什么取消", max_length=200, blank=True)
    reminded_on = models.DateField("提醒过的日子", null=True)

    objects = PlanStepQuerySet.as_manager()

    class Privacy:
        open = "__all__ but the masked"
        masked = ("words", "done_words", "dropped_words")
        keep = "with the case"

    class Meta:
        ordering = ["due_on", "added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(done_at__isnull=False), name="accepted_step_is_done"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(dropped_at=None), name="accepted_step_is_not_dropped"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="open_steps_of_a_unit", condition=OPEN_STEP),
        ]

    def __str__(self):
        return self.words

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.dropped_at is None


class StepShift(models.Model):
    """A step was moved to another day: from, to, why, by whom."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    step = models.ForeignKey(PlanStep, models.CASCADE, related_name="shifts")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    was_on = models.DateField("原来的日子")
    words = models.CharField("为什么", max_length=200)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("words",)
        keep = "with the case"

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.was_on} {self.words}"
