"""Tables that an administrator edits: categories, the calendar, the values of rules."""

from django.db import models

from yige.cases.words import Nature, Urgency
from yige.lib.ids import new_id


class CategoryQuerySet(models.QuerySet):
    def leaves(self) -> "CategoryQuerySet":
        return self.filter(active=True, parent__isnull=False)

    def classes(self) -> "CategoryQuerySet":
        return self.filter(active=True, parent=None)


class Category(models.Model):
    """What a problem is about: the local tree with the national code behind it (GB/T 47678.5-2026)."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    slug = models.CharField("代号", max_length=60, unique=True)
    label = models.CharField("名称", max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    icon = models.CharField("图标", max_length=40, blank=True)
    national_kind = models.CharField("国标类别", max_length=10, blank=True)
    national_code = models.CharField("国标代码", max_length=5, blank=True)
    urgency = models.CharField("紧急程度", max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    nature = models.CharField("性质", max_length=10, choices=Nature.choices, default=Nature.PUBLIC)
    unit_hint = models.CharField("通常由谁办", max_length=20, blank=True)
    call_first = models.CharField("先拨打", max_length=100, blank=True)
    ask = models.CharField("填写提示", max_length=200, blank=True)
    explain = models.CharField("与相近类别的区别", max_length=200, blank=True)
    active = models.BooleanField("在用", default=True)

    objects = CategoryQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self):
        return self.label


class DayKind(models.TextChoices):
    OFF = "off", "放假"
    WORK = "work", "调休上班"


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a statutory holiday or a make-up workday."""

    day = models.DateField("日期", primary_key=True)
    kind = models.CharField("性质", max_length=4, choices=DayKind.choices)
    name = models.CharField("名称", max_length=40)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day} {self.name}"


class RuleValue(models.Model):
    """A value that the administrator set for a rule; the rules and their defaults: `cases/rules.py`."""

    name = models.CharField("规则", max_length=40, primary_key=True)
    value = models.IntegerField("取值")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    def __str__(self):
        return f"{self.name}={self.value}"


class PlatformComplaint(models.Model):
    """What somebody says about this platform itself (T7: an entrance on every page)."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("时间")
    words = models.TextField("意见", max_length=1000)
    page = models.CharField("页面", max_length=200, blank=True)
    contact_sealed = models.BinaryField("联系方式", null=True)
    answer = models.TextField("答复", max_length=1000, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Privacy:
        open = ("at", "page", "answer", "answered_at")
        masked = ("words", "contact_sealed")
        keep = "1 year"
        sealed = {"contact": None}

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%m-%d %H:%M}"
