"""What came together, as the clock found it last: read by pages, made anew every night."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from yige.lib.ids import new_id


class ClusterRun(models.Model):
    """When the cases of one street were last looked through, and whether all of them were."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("街道路径", max_length=120, unique=True)
    at = models.DateTimeField("什么时候算的")
    is_cut = models.BooleanField("没有全看", default=False)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "until the next night"

    class Meta:
        ordering = ["path"]

    def __str__(self):
        return f"{self.path} {self.at:%m-%d %H:%M}"


class KeptCluster(models.Model):
    """Cases of one grid that are the same problem, the oldest first, and how many different people told of it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ClusterRun, models.CASCADE, related_name="clusters")
    grid_path = models.CharField("网格路径", max_length=120)
    case_ids = ArrayField(models.UUIDField(), verbose_name="哪几件")
    size = models.PositiveIntegerField("几件")
    voices = models.PositiveIntegerField("几个不同的人")
    newest = models.BigIntegerField("最新一件的流水号")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "until the next night"

    class Meta:
        ordering = ["-size", "-newest"]
        indexes = [
            models.Index(fields=["grid_path"], name="clusters_by_place", opclasses=["varchar_pattern_ops"]),
            GinIndex(fields=["case_ids"], name="clusters_by_case"),
        ]

    def __str__(self):
        return f"{self.grid_path} {self.size}"
