"""One row a called unit: its own moments, what it said, whether it says that this is not its duty."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import Unit, User
from yige.accounts.scope import NOTHING, StrictQuerySet, posts_of
from yige.lib.ids import new_id
from yige.whistles.models.whistle import Whistle
from yige.whistles.words import CALL_OPEN, NO_TRACE, CallState, Part, ReleaseReason, Ruling


class CallQuerySet(StrictQuerySet):
    def open(self) -> "CallQuerySet":
        return self.filter(state__in=CALL_OPEN)

    def of_units(self, user, at) -> "CallQuerySet":
        """Keep the calls of the units for which the user handles matters now; a stranger has none."""
        units = {post.unit_id for post in posts_of(user, at) if post.may("handle")}
        return self.filter(unit_id__in=units).strict() if units else self.none()

    def visible_to(self, user, at) -> "CallQuerySet":
        """Keep the calls of the user's own units, and those of whistles in the areas that the user leads."""
        reach = NOTHING
        for post in posts_of(user, at):
            if post.may("see_whistles"):
                reach |= Q(whistle__grid_path__startswith=post.path)
            if post.may("handle"):
                reach |= Q(unit_id=post.unit_id)
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def countable(self) -> "CallQuerySet":
        """What goes into a figure of a unit: one that was called by mistake leaves no trace."""
        return self.exclude(release_reason__in=NO_TRACE)


class Call(models.Model):
    """One unit called by one whistle; only `whistles.gate` writes its state."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="calls", verbose_name="哨")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calls", verbose_name="单位")
    part = models.CharField("牵头还是配合", max_length=6, choices=Part.choices)
    asked = models.TextField("请它做什么", max_length=500)
    state = models.CharField("到哪一步", max_length=10, choices=CallState.choices, default=CallState.CALLED)
    called_at = models.DateTimeField("叫的时间")
    turn_at = models.DateTimeField("这一轮从何时算")  # starts anew when a signing lapsed
    signed_at = models.DateTimeField("签收时间", null=True)
    contacted_at = models.DateTimeField("联系街道时间", null=True)
    arrived_at = models.DateTimeField("到场时间", null=True)
    delivered_at = models.DateTimeField("办完时间", null=True)
    confirmed_at = models.DateTimeField("街道认可时间", null=True)
    released_at = models.DateTimeField("不用来了的时间", null=True)
    person = models.CharField("谁来办、怎么联系", max_length=100, blank=True)
    discussed = models.CharField("和谁商量的", max_length=200, blank=True)
    measure = models.TextField("什么措施", max_length=500, blank=True)
    until = models.DateTimeField("什么时候办完", null=True)
    first_until = models.DateTimeField("最早说的时间", null=True)
    release_reason = models.CharField(
        "为什么不用来", max_length=10, choices=ReleaseReason.choices, blank=True
    )
    passed = models.BooleanField("办得行不行", null=True)
    assessment = models.CharField("街道怎么说", max_length=500, blank=True)
    assessed_at = models.DateTimeField("街道说的时间", null=True)
    answer = models.CharField("单位的回应", max_length=500, blank=True)
    answered_at = models.DateTimeField("回应时间", null=True)
    next_mark = models.CharField("下一时限", max_length=10, blank=True)
    next_due_at = models.DateTimeField("下一时限到期", null=True)
    wake_at = models.DateTimeField("系统下次查看", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = CallQuerySet.as_manager()

    class Privacy:
        open = "__all__ but the masked"
        masked = ("asked", "person", "discussed", "measure", "assessment", "answer")
        keep = "with the case"

    class Meta:
        ordering = ["-part", "called_at", "id"]  # who leads stands first: lead sorts behind assist
        constraints = [
            models.UniqueConstraint(fields=["whistle", "unit"], name="one_call_a_unit_in_a_whistle"),
            models.UniqueConstraint(
                fields=["whistle"],
                condition=Q(part="lead") & ~Q(state="released"),
                name="one_unit_leads_a_whistle",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CALL_OPEN) | Q(wake_at__isnull=False),
                name="open_call_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
                name="confirmed_call_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | (Q(released_at__isnull=False) & ~Q(release_reason="")),
                name="released_call_says_when_and_why",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "next_due_at"], name="calls_of_a_unit"),
            models.Index(fields=["wake_at"], name="calls_to_wake", condition=Q(wake_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.unit} {self.get_part_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in CALL_OPEN


class Dispute(models.Model):
    """A unit says that something is not its duty; the level-1 head decides, and the clock goes on meanwhile."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="disputes")
    at = models.DateTimeField("提出时间")
    words = models.CharField("为什么不是", max_length=500)
    basis = models.CharField("依据哪一条", max_length=200, blank=True)
    suggested = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="该由谁办")
    decide_until = models.DateTimeField("应在何时前定")
    warned_at = models.DateTimeField("催过的时间", null=True)
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ruling = models.CharField("怎么定的", max_length=10, choices=Ruling.choices, blank=True)
    decision = models.CharField("决定的话", max_length=500, blank=True)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("words", "basis", "decision")
        keep = "with the case"

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(decided_at=None), name="one_open_dispute_a_call"
            )
        ]
        indexes = [models.Index(fields=["decide_until"], name="disputes_open", condition=Q(decided_at=None))]

    def __str__(self):
        return f"争议 {self.at:%m-%d}"


class Miss(models.Model):
    """A mark that passed unmet: on record for the unit, with the reason in words; no card and no number."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="misses")
    mark = models.CharField("时限", max_length=10)
    due_at = models.DateTimeField("应在何时前")
    noted_at = models.DateTimeField("记下的时间")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "with the case"

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "mark", "due_at"], name="one_miss_of_a_mark_and_moment")
        ]

    def __str__(self):
        return f"{self.mark} {self.due_at:%m-%d %H:%M}"
