"""Patrols: which places were looked at and what was found; never the way somebody walked."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import AreaScope
from yige.archive.models import Building, Organisation, Thing
from yige.cases.models import Case
from yige.contact.words import LookResult, SpotKind
from yige.grids.models import Grid
from yige.lib.ids import new_id


class Route(models.Model):
    """A round of places in one grid, walked in this order."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    name = models.CharField("名称", max_length=40)
    active = models.BooleanField("在用", default=True)

    objects = AreaScope.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "while it is used"

    class Meta:
        ordering = ["grid_path", "name"]
        constraints = [models.UniqueConstraint(fields=["grid", "name"], name="one_route_of_a_name_in_a_grid")]

    def __str__(self):
        return self.name


class Spot(models.Model):
    """A place to look at: a courtyard, a shop, a firm, a facility, and how often."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    route = models.ForeignKey(
        Route, models.PROTECT, null=True, blank=True, related_name="spots", verbose_name="路线"
    )
    place_in_route = models.PositiveSmallIntegerField("第几处", default=0)
    kind = models.CharField("类别", max_length=10, choices=SpotKind)
    name = models.CharField("名称", max_length=60)
    every_days = models.PositiveSmallIntegerField("几天看一次", default=7)
    hint = models.CharField("看什么", max_length=120, blank=True)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="spots", verbose_name="楼栋"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="spots", verbose_name="单位或商户"
    )
    thing = models.ForeignKey(
        Thing, models.PROTECT, null=True, blank=True, related_name="spots", verbose_name="部件"
    )
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    looked_at = models.DateTimeField("上次查看", null=True)
    active = models.BooleanField("在用", default=True)

    objects = AreaScope.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "while it stands"

    class Meta:
        ordering = ["grid_path", "place_in_route", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["grid", "name"], condition=Q(active=True), name="one_spot_of_a_name_in_a_grid"
            ),
            models.CheckConstraint(
                condition=Q(every_days__gte=1, every_days__lte=366), name="spot_is_looked_at_within_a_year"
            ),
        ]
        indexes = [
            models.Index(
                fields=["grid_path", "looked_at"],
                name="spots_not_looked_at",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
                condition=Q(active=True),
            )
        ]

    def __str__(self):
        return self.name


class Patrol(models.Model):
    """One round: begun, looked, finished. No way, no pace, no photo is kept."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    route = models.ForeignKey(Route, models.PROTECT, null=True, related_name="patrols", verbose_name="路线")
    grid_path = models.CharField("网格路径", max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="巡查人")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("结束时间", null=True)

    objects = AreaScope.as_manager()

    class Privacy:
        open = ("id", "route", "grid_path", "unit", "started_at", "finished_at")
        masked = ("by",)
        keep = "1 year"

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(finished_at=None), name="one_open_patrol_of_a_person"
            )
        ]

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Look(models.Model):
    """One place was looked at: fine, or found and reported as a case."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    patrol = models.ForeignKey(Patrol, models.CASCADE, related_name="looks", verbose_name="巡查")
    spot = models.ForeignKey(Spot, models.PROTECT, related_name="looks", verbose_name="哪一处")
    at = models.DateTimeField("查看时间")
    result = models.CharField("结果", max_length=6, choices=LookResult)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="事项")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "1 year"

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["patrol", "spot"], name="one_look_at_a_spot_on_a_patrol"),
            models.CheckConstraint(
                condition=~Q(result=LookResult.FOUND) | Q(case__isnull=False),
                name="what_was_found_became_a_case",
            ),
        ]
        indexes = [models.Index(fields=["spot", "-at"], name="looks_at_a_spot")]

    def __str__(self):
        return f"{self.get_result_display()} {self.at:%m-%d %H:%M}"
