"""Each time a case was closed: what held then, so that a month can be counted again after the case went on."""

from django.db import models

from yige.accounts.models import Unit
from yige.cases.models.sides import Side
from yige.cases.models.tables import Category
from yige.cases.words import Channel, Nature, Tier, Urgency
from yige.lib.ids import new_id


class ClosingQuerySet(models.QuerySet):
    def countable(self) -> "ClosingQuerySet":
        """What goes into a rate: never what its own finder settled, or took down and handled alone, nor what another
        level agreed to leave out."""
        return self.filter(own=False, excluded=False)

    def below(self, path) -> "ClosingQuerySet":
        return self.filter(grid_path__startswith=path)


class Closing(Side):
    """One round of a case came to its closing at `at`; written by the gate, never changed but for what followed.

    A case that is reopened loses its unit and its moments, because another may have to handle it: here they stay, with
    whose it was, where it lay and what it was when it was closed. `own` says that nobody but its finder's own unit
    handled it, `copy` that this unit closed the same thing at the same place already, begun within a week of this.
    `excluded` says that another level agreed to leave it out of the figures (`Exclusion`).
    `look_back_share` is the share out of which the lot was drawn for a look-back; None until it was drawn.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="closings", verbose_name="承办单位"
    )
    grid_path = models.CharField("网格路径", max_length=120)
    tier = models.CharField("处置层级", max_length=10, choices=Tier.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="分类")
    channel = models.CharField("来源", max_length=10, choices=Channel.choices)
    nature = models.CharField("性质", max_length=10, choices=Nature.choices)
    urgency = models.CharField("紧急程度", max_length=10, choices=Urgency.choices)
    own = models.BooleanField("自己发现自己处置", default=False)
    excluded = models.BooleanField("不计入考核", default=False)
    copy = models.BooleanField("同一件事的又一份", default=False)
    started_at = models.DateTimeField("本轮开始时间")
    dispatched_at = models.DateTimeField("派单时间", null=True)
    contacted_at = models.DateTimeField("联系反映人时间", null=True)
    handled_at = models.DateTimeField("处置完成时间", null=True)
    parked_at = models.DateTimeField("挂账时间", null=True)
    reopened_at = models.DateTimeField("重办时间", null=True)
    came_again_at = models.DateTimeField("同样的事又来的时间", null=True)
    look_back_share = models.PositiveSmallIntegerField("抽签时的比例", null=True)

    objects = ClosingQuerySet.as_manager()

    class Meta(Side.Meta):
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_closing_a_round")]
        indexes = [models.Index(fields=["at"], include=["unit", "grid_path"], name="closings_of_a_month")]


class ChangedDay(models.Model):
    """On this day something was closed, or what was closed then says something else now: roll-ups count the day again.

    Each change writes a row of its own, so that who counts removes only what was there before the count.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    day = models.DateField("哪一天")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "until the day is counted again"

    class Meta:
        indexes = [models.Index(fields=["day"], name="changed_days_by_day")]

    def __str__(self):
        return f"{self.day}"
