"""The figures of closings, counted day by day: a copy of what the rows say, which may be thrown away and counted again."""

from django.db import models

from yige.accounts.models import Unit
from yige.cases.models import Category
from yige.cases.words import Channel, Tier
from yige.lib.ids import new_id


class DayCount(models.Model):
    """What was closed on one day by one unit in one grid, of one category, channel and level: the indicators' counts.

    Written by `roll_up.py` alone, a day at a time and never changed: its units and categories are those of closings, which
    keep them, so that the database need not look them up once more for every row. The columns are those of the indicators that start from closings, met and out of.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    day = models.DateField("办结日")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False, verbose_name="承办单位"
    )  # fmt: skip
    grid_path = models.CharField("网格路径", max_length=120)
    tier = models.CharField("处置层级", max_length=10, choices=Tier.choices)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="+", db_index=False, db_constraint=False, verbose_name="分类"
    )  # fmt: skip
    channel = models.CharField("来源", max_length=10, choices=Channel.choices)
    reopened_met = models.PositiveIntegerField(default=0)
    reopened_of = models.PositiveIntegerField(default=0)
    contact_met = models.PositiveIntegerField(default=0)
    contact_of = models.PositiveIntegerField(default=0)
    kept_met = models.PositiveIntegerField(default=0)
    kept_of = models.PositiveIntegerField(default=0)
    solved_met = models.PositiveIntegerField(default=0)
    solved_of = models.PositiveIntegerField(default=0)
    satisfied_met = models.PositiveIntegerField(default=0)
    satisfied_of = models.PositiveIntegerField(default=0)
    asked_met = models.PositiveIntegerField(default=0)
    asked_of = models.PositiveIntegerField(default=0)
    again_met = models.PositiveIntegerField(default=0)
    again_of = models.PositiveIntegerField(default=0)
    parked_met = models.PositiveIntegerField(default=0)
    parked_of = models.PositiveIntegerField(default=0)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        indexes = [
            models.Index(fields=["day"], name="day_counts_by_day"),
            models.Index(fields=["unit", "day"], name="day_counts_of_a_unit"),
        ]

    def __str__(self):
        return f"{self.day}"


class CountedWith(models.Model):
    """By which definitions the days were counted: what was counted by others is not read until it is counted again."""

    definition = models.CharField("口径", max_length=64, primary_key=True)
    at = models.DateTimeField("时间")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "until the definitions change"

    def __str__(self):
        return self.definition[:8]


class ClosingFact(models.Model):
    """A closing with each question of the indicators answered once: no table, but a name within one statement.

    An indicator asks whether somebody answered in several places; the database would look for it each time.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("办结时间")
    round = models.PositiveSmallIntegerField("第几轮")
    copy = models.BooleanField("同一件事的又一份")
    unit = models.ForeignKey(Unit, models.DO_NOTHING, null=True, related_name="+", verbose_name="承办单位")
    grid_path = models.CharField("网格路径", max_length=120)
    tier = models.CharField("处置层级", max_length=10)
    category = models.ForeignKey(Category, models.DO_NOTHING, related_name="+", verbose_name="分类")
    channel = models.CharField("来源", max_length=10)
    dispatched_at = models.DateTimeField("派单时间", null=True)
    contacted_at = models.DateTimeField("联系反映人时间", null=True)
    parked_at = models.DateTimeField("挂账时间", null=True)
    reopened_at = models.DateTimeField("重办时间", null=True)
    came_again_at = models.DateTimeField("同样的事又来的时间", null=True)
    answered = models.BooleanField("问到了反映人")
    said_no = models.BooleanField("有人说没有解决")
    said_partly = models.BooleanField("有人说部分解决")
    unhappy = models.BooleanField("有人说不满意")
    late = models.BooleanField("误了时限")
    open_late = models.BooleanField("还没有办结就误了")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "never"

    class Meta:
        managed = False
        db_table = "closing_facts"

    def __str__(self):
        return f"{self.at:%m-%d}"
