"""双报到: units that reported in to a community, and in-service members who report in where they live, of their own accord."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, posts_of
from yige.archive.models import Person
from yige.grids.models import Grid
from yige.lib.ids import new_id


class ReportingUnitQuerySet(models.QuerySet):
    def visible_to(self, user, at) -> "ReportingUnitQuerySet":
        """Keep the units that reported in to a community of the own area, for those who write them down there."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("keep_branches"):
                reach |= Q(grid_path__startswith=post.path)
        return self.none() if reach == NOTHING else self.filter(reach)

    def current(self) -> "ReportingUnitQuerySet":
        return self.filter(closed_at=None)


class ReportingUnit(models.Model):
    """A unit that reported in to a community (报到单位、结对单位), and what it offers the neighbours."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="向哪个社区报到")
    grid_path = models.CharField("范围路径", max_length=120)
    name = models.CharField("单位名称", max_length=60)
    offers = models.CharField("能给邻里做什么", max_length=120)
    opened_at = models.DateTimeField("报到时间")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("结束时间", null=True)

    objects = ReportingUnitQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["grid_path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "name"],
                condition=Q(closed_at=None),
                name="unit_reports_in_to_a_community_once",
            )
        ]

    def __str__(self):
        return self.name


class ReportIn(models.Model):
    """Somebody who reported in to the community of the own home; taking it back deletes the row."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="向哪个社区报到")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="谁")
    unit = models.ForeignKey(
        ReportingUnit, models.PROTECT, null=True, related_name="+", verbose_name="哪个单位的"
    )
    reported_at = models.DateTimeField("报到时间")

    objects = models.Manager()

    class Privacy:
        open = ("id", "reported_at")
        masked = ("grid", "person", "unit")
        keep = "until this person takes it back"
        gone_with = ("person",)
        handed_over = {"person": ()}

    class Meta:
        ordering = ["reported_at", "id"]
        constraints = [models.UniqueConstraint(fields=["person"], name="person_reports_in_to_one_community")]

    def __str__(self):
        return f"{self.grid_id}"
