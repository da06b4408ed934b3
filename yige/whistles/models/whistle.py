"""The whistle: why it sounded, where and when to meet, the rules frozen into it; and the asking for one."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, StrictQuerySet, posts_of
from yige.cases.models import Case, Category
from yige.lib.ids import new_id
from yige.whistles.words import Trigger


def areas_seen(user, at) -> tuple[str]:
    """Return the paths of the areas whose whistles the user's posts let him or her see at this moment."""
    return tuple(post.path for post in posts_of(user, at) if post.may("see_whistles"))


class WhistleQuerySet(StrictQuerySet):
    """Whistles with `grid_path`, cut to who leads the area; a called unit has its calls and never this row."""

    def visible_to(self, user, at) -> "WhistleQuerySet":
        """Keep the whistles of the areas that the user's posts lead at this moment; a stranger sees nothing."""
        return self.in_areas(areas_seen(user, at))

    def in_areas(self, paths) -> "WhistleQuerySet":
        reach = NOTHING
        for path in paths:
            reach |= Q(grid_path__startswith=path)
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def running(self) -> "WhistleQuerySet":
        return self.filter(ended_at=None)


class Whistle(models.Model):
    """A side matter of one case: the street calls several units to one place (街道吹哨、部门报到)."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="whistles", verbose_name="事项")
    grid_path = models.CharField("网格路径", max_length=120)
    trigger = models.CharField("哪一种情形", max_length=10, choices=Trigger.choices)
    matter = models.TextField("请来办什么事", max_length=1000)
    tried = models.TextField("本级试过什么、为什么办不了", max_length=1000)
    limits = models.JSONField("时限", default=dict)  # the amounts in force when it sounded, by mark
    meet_at = models.DateTimeField("碰头时间", null=True)
    meet_place = models.CharField("碰头地点", max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="吹哨人")
    sounded_at = models.DateTimeField("吹哨时间")
    planned_at = models.DateTimeField("定下计划的时间", null=True)
    stable_at = models.DateTimeField("险情解除时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    outcome = models.TextField("结果", max_length=1000, blank=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = WhistleQuerySet.as_manager()

    class Privacy:
        open = "__all__ but the masked"
        masked = ("matter", "tried", "meet_place", "outcome")
        keep = "with the case"

    class Meta:
        ordering = ["-sounded_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_running_whistle_a_case"
            ),
            models.CheckConstraint(condition=Q(meet_at=None) | ~Q(meet_place=""), name="meeting_has_a_place"),
        ]
        indexes = [
            models.Index(
                fields=["grid_path"],
                name="whistles_running",
                condition=Q(ended_at=None),
                opclasses=["text_pattern_ops"],
            ),
            models.Index(fields=["sounded_at"], name="whistles_by_time"),
        ]

    def __str__(self):
        return f"哨 {self.sounded_at:%m-%d}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None


class WhistleRequest(models.Model):
    """A community, a grid or a handler asks the street to whistle; the street sounds it or says why not."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="whistle_requests", verbose_name="事项")
    at = models.DateTimeField("申请时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    trigger = models.CharField("哪一种情形", max_length=10, choices=Trigger.choices)
    tried = models.TextField("试过什么、为什么办不了", max_length=1000)
    wanted = models.TextField("想请哪些单位、做什么", max_length=1000)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    whistle = models.ForeignKey(Whistle, models.SET_NULL, null=True, related_name="requests")
    answer = models.CharField("答复", max_length=500, blank=True)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("tried", "wanted", "answer")
        keep = "with the case"

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="one_open_whistle_request_a_case"
            )
        ]

    def __str__(self):
        return f"申请 {self.at:%m-%d}"


class CategoryLimitQuerySet(models.QuerySet):
    def in_force(self) -> "CategoryLimitQuerySet":
        """Keep what a whistle that sounds now would freeze; what was put back to the ordinary is none."""
        return self.filter(ended_at=None, amount__isnull=False)


class CategoryLimit(models.Model):
    """A limit of a trigger that is another one for one category; read when a whistle sounds, never later.

    Ended, never overwritten: the rows are the history. No amount says that the ordinary limit holds again.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="分类")
    trigger = models.CharField("哪一种情形", max_length=10, choices=Trigger.choices)
    mark = models.CharField("时限", max_length=10)
    amount = models.PositiveIntegerField("多久", null=True)
    words = models.CharField("为什么", max_length=200)
    set_at = models.DateTimeField("从什么时候起")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="谁定的")
    ended_at = models.DateTimeField("到什么时候止", null=True)

    objects = CategoryLimitQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "trigger", "mark"],
                condition=Q(ended_at=None),
                name="one_limit_of_a_mark_holds_in_a_category",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="limit_gives_some_time"),
        ]

    def __str__(self):
        return f"{self.category} {self.mark}"
