"""Where a case waited on its way through the levels."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.cases.models.sides import Side
from yige.cases.words import Tier, WaitWay


class Wait(Side):
    """One stay of a case on a level to which it was raised, sent down or given back: what is asked of that level.

    At the city it is a record alone: the number there, the day it was sent, the answer and its day.
    """

    tier = models.CharField("等在哪一级", max_length=10, choices=Tier.choices)
    way = models.CharField("怎么来的", max_length=4, choices=WaitWay.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁送来的")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="哪个单位送来的")
    tried = models.TextField("做过什么", max_length=2000, blank=True)
    answer = models.TextField("上级的答复", max_length=2000, blank=True)
    asked = models.TextField("请这一级做什么", max_length=2000)
    suggested = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="想请哪个单位"
    )
    due_at = models.DateTimeField("应在什么时候前安排")
    late_at = models.DateTimeField("等过了、告诉负责人", null=True)
    ended_at = models.DateTimeField("不再等", null=True)
    number = models.CharField("市级编号", max_length=40, blank=True)
    sent_on = models.DateField("报市级的日子", null=True)
    answered_on = models.DateField("市级答复的日子", null=True)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("tried", "answer", "asked")
        keep = "with the case"

    class Meta(Side.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="a_case_waits_at_one_level"
            ),
            models.CheckConstraint(
                condition=~Q(tier="city") | (~Q(number="") & Q(sent_on__isnull=False)),
                name="what_is_with_the_city_has_number_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(tier="city") | Q(answer="") | Q(answered_on__isnull=False),
                name="answer_of_the_city_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="waits_by_time", condition=Q(ended_at=None))]

    def __str__(self):
        return f"{self.get_tier_display()} {self.at:%m-%d}"

    def is_late(self, at) -> bool:
        return self.ended_at is None and self.due_at < at
