"""What a unit asks to be left out of its figures (不计入考核), and what another level decided."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.cases.models.closings import Closing
from yige.cases.words import ExclusionReason
from yige.lib.ids import new_id


class ExclusionQuerySet(models.QuerySet):
    def waiting(self) -> "ExclusionQuerySet":
        return self.filter(decided_at=None)

    def holding(self) -> "ExclusionQuerySet":
        """Those that were agreed to: what they are about stands in no figure."""
        return self.filter(granted=True)


class Exclusion(models.Model):
    """One asking about one closing of a case, the second after a refusal; the case itself goes on as if none had been.

    `turn` is 1 or 2. `unit`, `grid_path` and `month` (its first day) are those of the closing, for whoever looks for it.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    closing = models.ForeignKey(Closing, models.CASCADE, related_name="exclusions", verbose_name="哪一次办结")
    turn = models.PositiveSmallIntegerField("第几次", default=1)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="exclusions", verbose_name="承办单位")
    grid_path = models.CharField("网格路径", max_length=120)
    month = models.DateField("哪个月")
    at = models.DateTimeField("申请时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField("原因", max_length=12, choices=ExclusionReason.choices)
    words = models.TextField("依据", max_length=500)
    document = models.CharField("凭据", max_length=200, blank=True)
    decide_until = models.DateTimeField("应定时间")
    told_late_at = models.DateTimeField("提醒时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted = models.BooleanField("不计入", null=True)
    answer = models.CharField("决定的话", max_length=500, blank=True)
    final = models.BooleanField("不能再申请", default=False)
    again_until = models.DateTimeField("可以再申请到什么时候", null=True)

    objects = ExclusionQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ("words", "answer", "document")
        keep = "with the case"

    class Meta:
        ordering = ["decide_until", "id"]
        constraints = [
            models.UniqueConstraint(fields=["closing", "turn"], name="one_exclusion_a_turn"),
            models.CheckConstraint(
                condition=Q(decided_at=None, granted=None)
                | Q(decided_at__isnull=False, granted__isnull=False),
                name="decided_exclusion_says_how",
            ),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="exclusions_of_a_month")]

    def __str__(self):
        return f"{self.get_reason_display()} {self.at:%m-%d}"
