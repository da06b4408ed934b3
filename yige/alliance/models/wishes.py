"""A small wish (微心愿): private until the person wants neighbours to read it; contact opens when both want it."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.archive.models import Person
from yige.lib.ids import new_id


class WishQuerySet(models.QuerySet):
    def open(self) -> "WishQuerySet":
        return self.filter(confirmed_at=None, person__isnull=False)

    def claimable(self) -> "WishQuerySet":
        """What neighbours may read: the words of a wish that its person wants them to, and that nobody took on yet."""
        return self.open().filter(shown=True, claimed_at=None, fulfilled_at=None)


class Wish(models.Model):
    """What somebody wishes for, who took it on, what both agreed to. Moments say where it stands."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁的心愿")
    grid_path = models.CharField("范围路径", max_length=120)
    words = models.CharField("心愿", max_length=120)
    shown = models.BooleanField("邻里看得到", default=False)
    asked_at = models.DateTimeField("什么时候说的")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="代记的人")
    claimer = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="谁来办")
    claimed_at = models.DateTimeField("认领时间", null=True)
    wisher_agreed_at = models.DateTimeField("本人同意互留电话", null=True)
    claimer_agreed_at = models.DateTimeField("来办的人同意互留电话", null=True)
    fulfilled_at = models.DateTimeField("办到的时间", null=True)
    fulfilled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="上门办的人"
    )
    confirmed_at = models.DateTimeField("本人确认的时间", null=True)

    objects = WishQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "grid_path", "asked_at", "taken_by", "claimed_at", "wisher_agreed_at", "claimer_agreed_at", "fulfilled_at",
            "fulfilled_by", "confirmed_at",
        )  # fmt: skip
        masked = ("person", "words", "shown", "claimer")
        keep = "30 days after it was confirmed"
        erased = {"person": ("words",), "claimer": ()}
        handed_over = {"person": ("id",), "claimer": ("id",)}

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(fulfilled_at__isnull=False),
                name="confirmed_wish_was_fulfilled",
            ),
            models.CheckConstraint(
                condition=Q(claimer=None) | Q(claimed_at__isnull=False), name="claimed_wish_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="wishes_of_a_person"),
            models.Index(fields=["claimer"], name="wishes_taken_on"),
        ]

    def __str__(self):
        return f"{self.asked_at:%m-%d}"

    @property
    def opens_contact(self) -> bool:
        """Say whether both want each other to have name and number."""
        return bool(self.claimer_id and self.wisher_agreed_at and self.claimer_agreed_at)
