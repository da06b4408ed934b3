"""The tree of grids, what each one covers in time, and the codes at the doors."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from yige.lib.ids import new_id

EIGHTY_BITS = r"^[0-9A-HJKMNP-TV-Z]{16,32}$"


class Level(models.IntegerChoices):
    SUBDISTRICT = 1, "街道"
    COMMUNITY = 2, "社区"
    GRID = 3, "网格"
    MICRO = 4, "微网格"


class Kind(models.TextChoices):
    ORDINARY = "ordinary", "普通网格"
    EXCLUSIVE = "exclusive", "专属网格"


class GridQuerySet(models.QuerySet):
    def current(self) -> "GridQuerySet":
        """Keep the grids that have no end."""
        return self.filter(valid_until__isnull=True)

    def valid(self, at: datetime | date) -> Self:
        """Keep the grids that were valid on that day, as people in Shanghai count days."""
        day = timezone.localtime(at).date() if isinstance(at, datetime) else at
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)

    def below(self, path: str) -> "GridQuerySet":
        """Keep the grid with this path and all below it, never a neighbour such as …/9x/."""
        return self.filter(path__startswith=path if path.endswith("/") else f"{path}/")

    def leaves(self) -> Self:
        """Keep the grids that nothing current lies below."""
        return self.filter(~Exists(Grid.objects.current().filter(parent=OuterRef("pk"))))

    def public(self) -> "GridQuerySet":
        """Keep what anybody may see: names, codes and duty phones of the grids in force."""
        return self.current()


class Grid(models.Model):
    """One grid of the tree subdistrict → community → grid → micro-grid; its history stays."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    level = models.PositiveSmallIntegerField("层级", choices=Level)
    kind = models.CharField("类型", max_length=12, choices=Kind, default=Kind.ORDINARY)
    name = models.CharField("名称", max_length=60)
    code = models.CharField("治理网格编码", max_length=32)
    national_code = models.CharField("国家编码", max_length=15, blank=True)
    path = models.CharField("路径", max_length=120)
    phone = models.CharField("值班电话", max_length=20, blank=True)
    household_count = models.PositiveIntegerField("户数", null=True, blank=True)
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "网格"
        ordering = ["path"]
        indexes = [models.Index(fields=["path"], name="grid_by_path", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(valid_until__isnull=True),
                name="one_current_grid_for_each_path",
                violation_error_message="这个路径已有在用的网格。",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(valid_until__isnull=True),
                name="one_current_grid_for_each_code",
                violation_error_message="这个编码已有在用的网格。",
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & Q(path__endswith="/"),
                name="grid_path_begins_and_ends_with_a_slash",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.SUBDISTRICT, parent__isnull=True)
                | Q(level__gt=Level.SUBDISTRICT, level__lte=Level.MICRO, parent__isnull=False),
                name="only_a_subdistrict_has_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.ORDINARY) | Q(level__gte=Level.GRID),
                name="only_a_grid_can_be_exclusive",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="grid_kind_is_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="grid_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name

    def is_exclusive(self) -> bool:
        return self.kind != Kind.ORDINARY

    def holds(self, other: "Grid") -> bool:
        """Say whether the other grid is this one or lies below it."""
        return other.path.startswith(self.path)


class GridOutline(models.Model):
    """What a grid covers from one day to another; a redrawn boundary is a new row."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, verbose_name="网格", on_delete=models.CASCADE, related_name="outlines")
    shape = models.BinaryField("边界（WGS-84，WKB）")
    west = models.FloatField("西")
    south = models.FloatField("南")
    east = models.FloatField("东")
    north = models.FloatField("北")
    valid_from = models.DateField("启用日期")
    valid_until = models.DateField("停用日期", null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "网格边界"
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["grid"],
                condition=Q(valid_until__isnull=True),
                name="one_current_outline_for_each_grid",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="outline_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(west__gte=-180, east__lte=180, south__gte=-90, north__lte=90)
                & Q(west__lte=F("east"), south__lte=F("north")),
                name="outline_lies_on_the_earth",
            ),
        ]

    def __str__(self):
        return f"{self.grid_id} {self.valid_from}"


class TreeVersion(models.Model):
    """One row that counts changes, so that a process knows when its map is old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField("版本", default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "网格版本"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="the_tree_has_one_version")]

    def __str__(self):
        return str(self.number)


class QrTokenQuerySet(models.QuerySet):
    def live(self) -> "QrTokenQuerySet":
        return self.filter(retired_at__isnull=True)

    def public(self) -> "QrTokenQuerySet":
        """Keep the codes that lead somewhere today."""
        return self.live().filter(grid__valid_until__isnull=True)


class QrToken(models.Model):
    """The code on one poster: names a grid and a place, nothing about a person."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    token = models.CharField("码", max_length=32, unique=True)
    grid = models.ForeignKey(Grid, verbose_name="网格", on_delete=models.PROTECT, related_name="qr_tokens")
    place = models.CharField("张贴位置", max_length=60, blank=True)
    issued_at = models.DateTimeField("启用时间")
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name="替换为",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="replaces",
    )

    objects = QrTokenQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "二维码"
        ordering = ["grid", "place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(token__regex=EIGHTY_BITS),
                name="qr_token_cannot_be_guessed",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(retired_at__isnull=False),
                name="a_replaced_qr_token_is_retired",
            ),
        ]

    def __str__(self):
        return f"{self.grid_id} {self.place}"
