"""Rosters taken in from spreadsheets, people that look alike, and merges that two persons agreed on."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, FileScope
from yige.archive.models.people import Person
from yige.grids.models import Grid
from yige.lib.ids import new_id


class KeeperQuerySet(FileScope):
    """Rows about the keeping of files: seen by who keeps the files of their area, `kept_by`."""

    def linked_to(self, user, day) -> Q:
        return NOTHING


class RosterSource(models.Model):
    """An office or list that rosters come from, with the columns it uses, remembered for the next time."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    name = models.CharField("来源", max_length=60, unique=True)
    columns = models.JSONField("列对照", default=dict)
    used_at = models.DateTimeField("上次使用")

    class Privacy:
        open = ("id", "name", "columns", "used_at")
        masked = ()
        keep = "while it is used"

    class Meta:
        ordering = ["-used_at"]

    def __str__(self):
        return self.name


class RunState(models.TextChoices):
    CHECKING = "checking", "正在核对"
    CHECKED = "checked", "核对完，等确认"
    TAKING = "taking", "正在导入"
    TAKEN = "taken", "导入完成"
    CANCELLED = "cancelled", "已取消"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "没有成功"


class RosterRun(models.Model):
    """One roster: checked first, then taken in exactly once; it can be cancelled and undone."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(RosterSource, models.PROTECT, related_name="runs", verbose_name="来源")
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="范围")
    grid_path = models.CharField("范围路径", max_length=120)
    file_name = models.CharField("文件名", max_length=120)
    stored_name = models.CharField("存放名", max_length=60, blank=True)
    digest = models.CharField("文件摘要", max_length=64)
    columns = models.JSONField("列对照", default=dict)
    sheet = models.CharField("工作表", max_length=60, blank=True)
    state = models.CharField("状态", max_length=10, choices=RunState, default=RunState.CHECKING)
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    counts = models.JSONField("结果", default=dict)
    why = models.CharField("没有成功的原因", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("上传时间")
    began_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    stop_at = models.DateTimeField("要求停止时间", null=True)

    objects = KeeperQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "source", "grid", "grid_path", "digest", "columns", "sheet", "state", "total", "done", "counts",
            "why", "by", "at", "began_at", "ended_at", "stop_at",
        )  # fmt: skip
        masked = ("file_name", "stored_name")
        keep = "3 years; its file 30 days"

    class Meta:
        ordering = ["-at"]
        constraints = [
            # The same file into the same area is taken once; undone or cancelled it may come again.
            models.UniqueConstraint(
                fields=["digest", "grid_path"],
                condition=Q(state__in=["taking", "taken", "undoing"]),
                name="same_roster_is_taken_in_once",
            )
        ]

    def __str__(self):
        return f"{self.source} {self.at:%Y-%m-%d}"


class RosterVerdict(models.TextChoices):
    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    MOVED = "moved", "搬家"
    SAME = "same", "没有变化"
    DOUBTFUL = "doubtful", "拿不准"
    REFUSED = "refused", "不能导入"


class RosterRow(models.Model):
    """What became of one row: the verdict, why, and sealed what was there before, so that it can be undone."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(RosterRun, models.CASCADE, related_name="rows", verbose_name="批次")
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("结果", max_length=10, choices=RosterVerdict)
    why = models.CharField("原因", max_length=200, blank=True)
    left = models.CharField("没有带入的格子", max_length=300, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="人")
    before_sealed = models.BinaryField("导入前", null=True)
    taken_at = models.DateTimeField("导入时间", null=True)

    class Privacy:
        open = ("id", "run", "number", "verdict", "taken_at")
        masked = ("why", "left", "person", "before_sealed")
        keep = "30 days, then the sealed part is removed"
        sealed = {"before": None}

    class Meta:
        ordering = ["run", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_verdict_for_each_row")]

    def __str__(self):
        return f"第 {self.number} 行"


class Likeness(models.Model):
    """Two files that may be one person, with the reasons; a person decides, never a machine."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="一份")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="另一份")
    grid_path = models.CharField("网格路径", max_length=120)
    reasons = ArrayField(models.CharField(max_length=12), verbose_name="像在哪里")
    found_at = models.DateTimeField("发现时间")
    settled_at = models.DateTimeField("处理时间", null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="谁处理的")
    same = models.BooleanField("是同一人", null=True)

    objects = KeeperQuerySet.as_manager()

    class Privacy:
        open = ("id", "grid_path", "reasons", "found_at", "settled_at", "settled_by", "same")
        masked = ("one", "other")
        keep = "with the files"

    class Meta:
        ordering = ["found_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="alike_are_named_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="two_files_are_alike_once"),
        ]
        indexes = [
            models.Index(fields=["grid_path"], name="likeness_waiting", condition=Q(settled_at=None)),
            models.Index(fields=["other"], name="likeness_of_the_other"),
        ]

    def __str__(self):
        return f"{self.one_id} ~ {self.other_id}"


class Merge(models.Model):
    """One asks to make two files one, another agrees; the second file is an alias for ever. It can be taken apart."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="留下的")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="并入的")
    grid_path = models.CharField("网格路径", max_length=120)
    take = ArrayField(models.CharField(max_length=12), default=list, verbose_name="取自并入的字段")
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    granted = models.BooleanField("同意", null=True)
    moved = models.JSONField("移过去的", default=dict)
    before_sealed = models.BinaryField("合并前", null=True)
    undone_at = models.DateTimeField("拆开时间", null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="拆开的人")

    objects = KeeperQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "grid_path", "take", "asked_at", "asked_by", "decided_at", "decided_by", "granted", "undone_at",
            "undone_by",
        )  # fmt: skip
        masked = ("kept", "gone", "moved", "before_sealed")
        keep = "with the files"
        sealed = {"before": None}

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="merge_takes_two_persons"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_joins_two_files"),
            models.UniqueConstraint(
                fields=["gone"], condition=Q(decided_at=None), name="one_open_merge_for_a_file"
            ),
        ]

    def __str__(self):
        return f"{self.gone_id} → {self.kept_id}"
