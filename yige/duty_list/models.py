"""The duty list: which unit owes what, where, by which basis, from when, decided by whom; ended, never overwritten."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yige.accounts.models import Unit, User
from yige.cases.models import Case, Category
from yige.duty_list.words import PlaceKind, RowState
from yige.lib.ids import new_id


class DutyRowQuerySet(models.QuerySet):
    def holding(self, day) -> "DutyRowQuerySet":
        return self.filter(state=RowState.IN_FORCE, valid_from__lte=day).exclude(valid_until__lte=day)

    def waiting(self) -> "DutyRowQuerySet":
        return self.filter(state=RowState.PROPOSED)


class DutyRow(models.Model):
    """One answer to “whose is it”: a category in a kind of place, and the unit that leads."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="duties", verbose_name="分类")
    place_kind = models.CharField("什么地方", max_length=10, choices=PlaceKind.choices, default=PlaceKind.ANY)
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="牵头单位")
    assist_ids = ArrayField(models.UUIDField(), verbose_name="配合单位", default=list, blank=True)
    basis = models.CharField("依据", max_length=300)
    valid_from = models.DateField("从哪天起")
    valid_until = models.DateField("到哪天止", null=True)
    state = models.CharField("状态", max_length=10, choices=RowState.choices, default=RowState.PROPOSED)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="从哪件事来")
    proposed_at = models.DateTimeField("提出时间")
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decision = models.CharField("决定的话", max_length=300, blank=True)

    objects = DutyRowQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["category__order", "category__slug", "place_kind", "-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="duty_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_at__isnull=False), name="decided_duty_says_when"
            ),
            models.UniqueConstraint(
                fields=["category", "place_kind"],
                condition=Q(state="in_force", valid_until=None),
                name="one_open_duty_of_a_kind",
            ),
        ]

    def __str__(self):
        return f"{self.category} {self.get_place_kind_display()} {self.lead}"
