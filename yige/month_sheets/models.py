"""The sheet of a month of one street: once it is frozen its rows and definitions stand for good."""

from django.db import models

from yige.accounts.models import Unit, User
from yige.lib.ids import new_id


class MonthSheet(models.Model):
    """A month of one street: shown at `shown_at`, open to objections until `objections_until`, then frozen.

    `definition` holds what counted and the weights, as they were when it was frozen, and `version` names them;
    `units` is [{"id", "name", "kind", "kind_label"}] in the order of the tree, with the names of that day.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("街道路径", max_length=120)
    name = models.CharField("街道", max_length=100)
    first = models.DateField("哪个月")
    shown_at = models.DateTimeField("公示时间")
    objections_until = models.DateTimeField("申请到什么时候")
    frozen_at = models.DateTimeField("定下来的时间", null=True)
    definition = models.JSONField("口径", default=dict)
    version = models.CharField("口径版本", max_length=12, blank=True)
    units = models.JSONField("单位", default=list)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-first", "path"]
        constraints = [models.UniqueConstraint(fields=["path", "first"], name="one_sheet_a_street_and_month")]

    def __str__(self):
        return f"{self.name} {self.first:%Y-%m}"


class SheetRow(models.Model):
    """One row of the ledger as it counted when the sheet was frozen.

    `met` says for each indicator that it counts among whether it meets it: {name: true or false}. `row` is the id of
    the closing, the card or the promise that it was; `number` is that of its case, "" for a promise.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    sheet = models.ForeignKey(MonthSheet, models.CASCADE, related_name="rows")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="承办单位")
    grid_path = models.CharField("网格路径", max_length=120)
    kind = models.CharField("是什么", max_length=10)
    row = models.UUIDField("哪一行")
    number = models.CharField("事项编号", max_length=30, blank=True)
    category = models.CharField("分类", max_length=100, blank=True)
    day = models.DateField("哪一天")
    met = models.JSONField("怎样算的")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["sheet", "kind", "row"], name="one_row_once_a_sheet")]
        indexes = [models.Index(fields=["sheet", "unit"], name="sheet_rows_of_a_unit")]

    def __str__(self):
        return f"{self.number or self.row} {self.day}"


class SheetNote(models.Model):
    """A correction that came after the freezing: a line under the sheet, never a new number in it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    sheet = models.ForeignKey(MonthSheet, models.CASCADE, related_name="notes")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="哪个单位")
    at = models.DateTimeField("时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    words = models.CharField("更正", max_length=500)

    class Privacy:
        open = "__all__"
        masked = ("words",)
        keep = "for ever"

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.sheet} {self.at:%Y-%m-%d}"
