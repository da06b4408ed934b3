"""What is told to everybody about a month: its figures as they were published, and the bulletin of a street."""

from django.db import models
from django.db.models import F, Q

from yige.accounts.models import User
from yige.accounts.scope import posts_with
from yige.bulletins.words import FIXED_STATES, READ_STATES, BulletinState
from yige.cases.models import Case
from yige.lib.ids import new_id
from yige.lib.local_time import month_words

WHOLE, PUBLIC = "", "public"  # in place of a class: all matters, and the public ones among them


class OpenFigureQuerySet(models.QuerySet):
    def of_month(self, month) -> "OpenFigureQuerySet":
        return self.filter(month=month)


class OpenFigure(models.Model):
    """What was published of one area and one class of matters for one month; None where that is not told.

    Written once and never changed: two states of one number would tell what came between them.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    month = models.DateField("月份（第一天）")
    path = models.CharField("网格路径", max_length=120)
    area = models.CharField("哪里", max_length=60)
    kind = models.CharField("哪一类", max_length=60, blank=True)
    label = models.CharField("类别名称", max_length=40)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    reported = models.PositiveIntegerField("反映", null=True)
    closed = models.PositiveIntegerField("办结", null=True)
    median_days = models.DecimalField("天数中位数", max_digits=6, decimal_places=1, null=True)
    reopened = models.PositiveIntegerField("办结后又重办", null=True)
    asked = models.PositiveIntegerField("问到反映人", null=True)
    solved = models.PositiveIntegerField("都说解决了", null=True)
    published_at = models.DateTimeField("公布时间")

    objects = OpenFigureQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-month", "path", "order", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "path", "kind"], name="one_open_figure_of_a_kind_a_month"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.area} {self.label}"


class BulletinQuerySet(models.QuerySet):
    def public(self) -> "BulletinQuerySet":
        return self.filter(state=BulletinState.PUBLISHED)

    def standing(self) -> "BulletinQuerySet":
        return self.exclude(state=BulletinState.WITHDRAWN)

    def read_by_all(self) -> "BulletinQuerySet":
        """Keep what everybody finds: what stands, and what was withdrawn, which only says so."""
        return self.filter(state__in=READ_STATES)

    def visible_to(self, user, at) -> "BulletinQuerySet":
        """Keep those of the streets that somebody writes or approves bulletins of."""
        paths = {
            post.path
            for name in ("write_bulletins", "approve_bulletins")
            for post in posts_with(user, at, name)
        }
        return self.filter(path__in=paths)


class Bulletin(models.Model):
    """The bulletin (月报) of a street for a month: written, screened, approved by somebody else, published.

    From the approval on `told` is what it says, figures and stories, whatever changes later; `pdf` is set from it.
    One that was withdrawn keeps both, shows neither, and leaves its month to another.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("网格路径", max_length=120)
    area = models.CharField("哪个街道", max_length=60)
    month = models.DateField("月份（第一天）")
    state = models.CharField(
        "状态", max_length=10, choices=BulletinState.choices, default=BulletinState.DRAFT
    )
    opening = models.TextField("开头的话", max_length=600, blank=True)
    opening_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField("开头时间")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    screened_at = models.DateTimeField("查过的时间", null=True)
    screened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_back = models.CharField("退回时说", max_length=300, blank=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("公布时间", null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_because = models.CharField("为什么撤回", max_length=300, blank=True)
    told = models.JSONField("写定的内容", null=True)
    pdf = models.BinaryField("排好的文件", null=True)

    objects = BulletinQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-month", "path"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "month"],
                condition=~Q(state=BulletinState.WITHDRAWN),
                name="one_standing_bulletin_of_a_street_a_month",
            ),
            models.CheckConstraint(
                condition=~Q(state=BulletinState.WITHDRAWN)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because=""),
                name="withdrawn_bulletin_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FIXED_STATES) | Q(told__isnull=False, approved_by__isnull=False),
                name="approved_bulletin_says_what_it_tells",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("begun_by")),
                name="bulletin_is_approved_by_somebody_else",
            ),
        ]

    def __str__(self):
        return f"{self.area} {month_words(self.month)}月报"


class Story(models.Model):
    """How one solved public matter went, in the words of staff; never the reporter's."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="stories")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="哪件事")
    title = models.CharField("题目", max_length=30)
    words = models.TextField("经过", max_length=600)
    written_at = models.DateTimeField("写的时间")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField("不用了的时间", null=True)

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "case"],
                condition=Q(dropped_at=None),
                name="one_story_of_a_case_a_bulletin",
            )
        ]

    def __str__(self):
        return self.title
