"""Sheets that are asked for: the request and its answer, the saved view on the list, cells typed by hand, files made."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import NOTHING, posts_of
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.report_centre.terms import Standing, standing_on
from yige.report_centre.words import Answer, Basis, CellKind, FileForm, Rhythm


class RegistryQuerySet(models.QuerySet):
    """Rows of the registry, seen by the unit that is asked, those above it and below it; departments by every street."""

    unit = "unit"

    def visible_to(self, user, at) -> Self:
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("see_sheets"):
                reach |= self.reach_of(post)
        return self.none() if reach == NOTHING else self.filter(reach)

    def reach_of(self, post) -> Q:
        own, path = Q(**{self.unit: post.unit_id}), f"{self.unit}__path"
        if post.rule.sees != "area":
            return own
        parts = post.path.strip("/").split("/")
        above = [f"/{'/'.join(parts[:count])}/" for count in range(1, len(parts))]
        known = own | Q(**{f"{path}__startswith": post.path}) | Q(**{f"{path}__in": above})
        return known | Q(**{path: ""}) if post.may("keep_sheets") else known


class SheetRequestQuerySet(RegistryQuerySet):
    def waiting(self) -> "SheetRequestQuerySet":
        return self.filter(answered_at=None)


class SheetRequest(models.Model):
    """Somebody asks a unit for a sheet: who, what, on which basis, how often; and what was answered, by which rule."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    name = models.CharField("表名", max_length=60)
    asker = models.CharField("谁来要", max_length=60)
    inside = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="要表的是本系统的单位"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sheet_requests", verbose_name="向哪个单位要")
    basis_kind = models.CharField("依据", max_length=10, choices=Basis)
    basis = models.CharField("哪一部、哪一份", max_length=200, blank=True)
    marked = models.BooleanField("有表号、批准文号和有效期限", default=False)
    cells = models.CharField("要哪些内容", max_length=500)
    rhythm = models.CharField("多久一次", max_length=10, choices=Rhythm)
    minutes = models.PositiveSmallIntegerField("用手填一次大约几分钟")
    asked_at = models.DateTimeField("登记时间")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    answer = models.CharField("答复", max_length=10, choices=Answer, blank=True)
    refusal = models.CharField("按哪条规定", max_length=20, blank=True)
    words = models.CharField("答复的话", max_length=300, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_from = models.ForeignKey(
        "AskedSheet", models.PROTECT, null=True, related_name="answers", verbose_name="从哪张表取"
    )

    objects = SheetRequestQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="answered_sheet_request_says_what",
            ),
            models.CheckConstraint(
                condition=~Q(answer="refused") | ~Q(refusal=""), name="refused_sheet_names_its_rule"
            ),
            models.CheckConstraint(
                condition=~Q(answer="exists") | Q(answered_from__isnull=False),
                name="existing_sheet_is_named",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def leaves_the_house(self) -> bool:
        return self.inside_id is None


class AskedSheetQuerySet(RegistryQuerySet):
    unit = "request__unit"

    def standing(self) -> "AskedSheetQuerySet":
        """Keep what nobody ended."""
        return self.filter(ended_on=None)

    def in_force(self, day) -> "AskedSheetQuerySet":
        return self.standing().filter(until__gt=day)


class AskedSheet(models.Model):
    """A sheet on the list: a saved view over the one ledger, whose it is, until when; ended, never overwritten."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    request = models.OneToOneField(
        SheetRequest, models.PROTECT, related_name="sheet", verbose_name="从哪个要求来"
    )
    name = models.CharField("表名", max_length=60)
    owner = models.ForeignKey(User, models.PROTECT, related_name="asked_sheets", verbose_name="谁负责")
    rhythm = models.CharField("多久一次", max_length=10, choices=Rhythm)
    due_day = models.PositiveSmallIntegerField("第几天生成", default=1)
    columns = ArrayField(models.CharField(max_length=40), verbose_name="列")
    grouping = models.CharField("怎么分组", max_length=12, blank=True)
    span = models.CharField("哪段时间", max_length=14)
    filters = models.JSONField("筛选", default=dict)
    typed = models.JSONField("手填的格", default=list)
    minutes = models.PositiveSmallIntegerField("用手填一次大约几分钟")
    listed_at = models.DateTimeField("列入时间")
    listed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateField("到哪天为止")
    renewed_at = models.DateTimeField("上次续期", null=True)
    warned_for = models.DateField("提醒过的到期日", null=True)
    reminded_for = models.DateField("催过手填的那一期", null=True)
    ended_on = models.DateField("停用的日子", null=True)
    ended_words = models.CharField("为什么停用", max_length=200, blank=True)

    objects = AskedSheetQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["request__asker", "name", "id"]

    def __str__(self):
        return self.name

    def standing_at(self, at) -> Standing:
        return standing_on(self.until, self.ended_on, local_day(at))

    @property
    def fills_itself(self) -> bool:
        return not self.typed


class TypedCell(models.Model):
    """A cell that the house cannot know, typed by hand for one period of a sheet. Counted by unit; who typed is in no row."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    sheet = models.ForeignKey(AskedSheet, models.PROTECT, related_name="typed_cells", verbose_name="表")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="哪个单位填的")
    first = models.DateField("从哪天")
    after = models.DateField("到哪天之前")
    name = models.CharField("哪一格", max_length=40)
    kind = models.CharField("类型", max_length=10, choices=CellKind)
    value = models.CharField("填的", max_length=100)
    typed_at = models.DateTimeField("填的时间")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["sheet", "first", "name"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "first", "after", "name"], name="one_cell_of_a_period"),
            models.CheckConstraint(condition=Q(after__gt=F("first")), name="typed_cell_has_days"),
        ]

    def __str__(self):
        return f"{self.name} {self.value}"


class SheetFile(models.Model):
    """A sheet made for one reader over one period: how far it is, the file while it is kept; nobody else's to open."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    sheet = models.ForeignKey(AskedSheet, models.PROTECT, related_name="files", verbose_name="表")
    first = models.DateField("从哪天")
    after = models.DateField("到哪天之前")
    form = models.CharField("格式", max_length=6, choices=FileForm)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="给谁")
    reach = ArrayField(models.CharField(max_length=200), verbose_name="那时看得到的范围")
    by_clock = models.BooleanField("到日子自动生成", default=False)
    asked_at = models.DateTimeField("要求时间")
    total = models.PositiveIntegerField("行数", default=0)
    done = models.PositiveIntegerField("已写", default=0)
    ended_at = models.DateTimeField("结束时间", null=True)
    why = models.CharField("没有成功的原因", max_length=200, blank=True)
    stored_name = models.CharField("存放名", max_length=60, blank=True)
    digest = models.CharField("文件摘要", max_length=64, blank=True)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("stored_name",)
        keep = "for ever; its file 30 days"

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "by", "first", "after", "form"],
                condition=Q(ended_at=None),
                name="one_file_is_made_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["sheet", "first", "after"],
                condition=Q(by_clock=True),
                name="the_clock_makes_a_sheet_once",
            ),
        ]

    def __str__(self):
        return f"{self.sheet} {self.first}"

    @property
    def is_working(self) -> bool:
        return self.ended_at is None

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0
