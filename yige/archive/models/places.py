"""地 buildings and homes, 物 things of public use, 组织 organisations. Nothing here is about a person."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit
from yige.accounts.scope import PlaceScope
from yige.archive.words import BuildingKind, HomeUse, OrganisationKind, ThingState, YesNo
from yige.grids.models import Grid
from yige.lib.ids import new_id


class Building(models.Model):
    """A building or courtyard: its estate, its name in it, and where it stands."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    kind = models.CharField("类别", max_length=10, choices=BuildingKind, default=BuildingKind.HOUSING)
    estate = models.CharField("小区或道路", max_length=60)
    name = models.CharField("楼栋", max_length=50)
    units = models.PositiveSmallIntegerField("单元数", null=True)
    floors = models.PositiveSmallIntegerField("层数", null=True)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)

    objects = PlaceScope.as_manager()

    class Privacy:
        open = ("id", "grid", "grid_path", "kind", "estate", "name", "units", "floors", "lon", "lat")
        masked = ()
        keep = "while it stands"

    class Meta:
        ordering = ["grid_path", "estate", "name"]
        constraints = [
            models.UniqueConstraint(fields=["estate", "name"], name="one_building_of_a_name_in_an_estate")
        ]
        indexes = [
            models.Index(fields=["grid_path"], name="buildings_by_place", opclasses=["text_pattern_ops"])
        ]

    def __str__(self):
        return f"{self.estate}{self.name}"


class Home(models.Model):
    """A dwelling: entrance, floor and room in a building, its use and what matters when there is a fire."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="homes", verbose_name="楼栋")
    grid_path = models.CharField("网格路径", max_length=120)
    unit = models.CharField("单元", max_length=10, blank=True)
    floor = models.SmallIntegerField("层", null=True)
    room = models.CharField("室", max_length=20)
    use = models.CharField("用途", max_length=8, choices=HomeUse, default=HomeUse.UNKNOWN)
    gas = models.CharField("用瓶装气", max_length=3, choices=YesNo, blank=True)
    escape_clear = models.CharField("逃生口畅通", max_length=3, choices=YesNo, blank=True)
    indoor_charging = models.CharField("电动车进屋充电", max_length=3, choices=YesNo, blank=True)

    objects = PlaceScope.as_manager()

    class Privacy:
        open = ("id", "building", "grid_path", "unit", "floor", "use")
        masked = ("room", "gas", "escape_clear", "indoor_charging")
        keep = "while it stands"

    class Meta:
        ordering = ["building", "unit", "floor", "room"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "unit", "room"], name="one_home_of_a_number_in_a_building"
            )
        ]
        indexes = [models.Index(fields=["grid_path"], name="homes_by_place", opclasses=["text_pattern_ops"])]

    def __str__(self):
        return f"{self.door}"

    @property
    def door(self) -> str:
        """2单元501, without the building."""
        return f"{self.unit}单元{self.room}" if self.unit else self.room


class Organisation(models.Model):
    """A firm, a shop, a social organisation, an owners' committee, a property company: what it is and what it offers."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name="楼栋"
    )
    kind = models.CharField("类别", max_length=10, choices=OrganisationKind)
    name = models.CharField("名称", max_length=80)
    code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("公开电话", max_length=20, blank=True)
    services = models.CharField("能提供什么", max_length=200, blank=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)
    closed_at = models.DateTimeField("停业时间", null=True)

    objects = PlaceScope.as_manager()

    class Privacy:
        open = (
            "id", "grid", "grid_path", "building", "kind", "name", "code", "address", "phone", "services", "lon",
            "lat", "closed_at",
        )  # fmt: skip
        masked = ()
        keep = "while it works, then 3 years"

    class Meta:
        ordering = ["grid_path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="one_organisation_for_each_code"
            )
        ]
        indexes = [
            models.Index(fields=["grid_path"], name="organisations_by_place", opclasses=["text_pattern_ops"])
        ]

    def __str__(self):
        return self.name


class Thing(models.Model):
    """A thing of public use (管理部件) under its national 17-digit identifier, with the unit whose duty it is.

    Identifier: 6 digits of the division, 2 of the class, 3 of the subclass, 6 of the serial (GB/T 47678.5).
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    code = models.CharField("部件标识码", max_length=17, unique=True)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    name = models.CharField("名称", max_length=30)
    place = models.CharField("位置", max_length=120, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="things", verbose_name="主管单位")
    state = models.CharField("状态", max_length=10, choices=ThingState, default=ThingState.SOUND)
    since = models.DateField("初始日期")
    changed_on = models.DateField("变更日期", null=True)
    lon = models.FloatField("经度", null=True, blank=True)
    lat = models.FloatField("纬度", null=True, blank=True)

    objects = PlaceScope.as_manager()

    class Privacy:
        open = (
            "id", "code", "grid", "grid_path", "name", "place", "unit", "state", "since", "changed_on", "lon", "lat",
        )  # fmt: skip
        masked = ()
        keep = "while it stands"

    class Meta:
        ordering = ["grid_path", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{17}$"), name="thing_has_a_code_of_17_digits"
            )
        ]
        indexes = [models.Index(fields=["grid_path"], name="things_by_place", opclasses=["text_pattern_ops"])]

    def __str__(self):
        return f"{self.name} {self.place}".strip()

    @property
    def category(self) -> str:
        """The five digits of the national category."""
        return self.code[6:11]
