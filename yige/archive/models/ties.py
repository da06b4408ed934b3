"""What holds for a time: ties between people, homes and organisations, labels, links; and where each field comes from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from yige.accounts.models import User
from yige.archive import labels
from yige.archive.models.people import Household, Person
from yige.archive.models.places import Home, Organisation
from yige.archive.words import HOUSING, GrantedBy, LinkKind, Relation, Source, TieKind
from yige.lib.ids import new_id


class InTime(models.QuerySet):
    """Rows that hold from `since` up to but not including `until`."""

    def held_on(self, day) -> "InTime":
        return self.filter(since__lte=day).exclude(until__lte=day)

    def current(self) -> "InTime":
        return self.filter(until=None)


class Tie(models.Model):
    """What holds from a day on, up to but not including another: lives, rents, owns, belongs, works."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    kind = models.CharField("关系", max_length=8, choices=TieKind)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="ties", verbose_name="人")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="ties", verbose_name="户"
    )
    home = models.ForeignKey(Home, models.PROTECT, null=True, related_name="ties", verbose_name="房")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="ties", verbose_name="组织"
    )
    relation = models.CharField("与户主关系", max_length=12, choices=Relation, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    objects = InTime.as_manager()

    class Privacy:
        open = ("id",)
        masked = ("kind", "person", "household", "home", "organisation", "relation", "since", "until")
        keep = "with the files it joins"

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=TieKind.BELONGS,
                    person__isnull=False,
                    household__isnull=False,
                    home=None,
                    organisation=None,
                )
                | Q(
                    kind__in=(*HOUSING, TieKind.OWNS),
                    person=None,
                    household__isnull=False,
                    home__isnull=False,
                    organisation=None,
                )
                | Q(
                    kind=TieKind.WORKS,
                    person__isnull=False,
                    household=None,
                    home=None,
                    organisation__isnull=False,
                ),
                name="tie_joins_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="tie_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=TieKind.BELONGS, until=None),
                name="person_belongs_to_one_household_now",
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(kind__in=HOUSING, until=None),
                name="household_lives_in_one_home_now",
            ),
        ]
        indexes = [
            models.Index(fields=["household", "kind"], name="ties_of_a_household"),
            models.Index(fields=["person", "kind"], name="ties_of_a_person"),
            models.Index(fields=["home"], name="ties_of_a_home"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.since}"


class LabelQuerySet(models.QuerySet):
    def held_on(self, day) -> "LabelQuerySet":
        return self.filter(withdrawn_at=None, until__gte=day)


class Label(models.Model):
    """A service label that a person asked for; see `archive/labels.py` for all there are."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="labels", verbose_name="人")
    kind = models.CharField("标签", max_length=20, choices=labels.CHOICES)
    granted_at = models.DateTimeField("同意时间")
    granted_by = models.CharField("谁同意的", max_length=10, choices=GrantedBy, default=GrantedBy.PERSON)
    until = models.DateField("有效至")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    objects = LabelQuerySet.as_manager()

    class Privacy:
        open = ("id",)
        masked = ("person", "kind", "granted_at", "granted_by", "until", "withdrawn_at")
        keep = "30 days after its end"

    class Meta:
        ordering = ["kind", "granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(labels.LABEL_BY_NAME)), name="label_is_on_the_closed_list"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(withdrawn_at=None),
                name="one_label_of_a_kind_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["until"], name="labels_by_end", condition=Q(withdrawn_at=None))]

    def __str__(self):
        return self.get_kind_display()


class Link(models.Model):
    """干部包片: a cadre looks after an area. 党员联户: a party member after a household that agreed."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类别", max_length=10, choices=LinkKind)
    user = models.ForeignKey(User, models.PROTECT, related_name="links", verbose_name="联系人")
    path = models.CharField("片区", max_length=120, blank=True)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="links", verbose_name="户"
    )
    consented_at = models.DateTimeField("本户同意时间", null=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True)

    objects = InTime.as_manager()

    class Privacy:
        open = ("id", "kind", "user", "path", "since", "until")
        masked = ("household", "consented_at")
        keep = "3 years after its end"

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind=LinkKind.AREA, household=None) & Q(path__startswith="/") & Q(path__endswith="/")
                )
                | Q(kind=LinkKind.HOUSEHOLD, household__isnull=False, consented_at__isnull=False, path=""),
                name="household_is_linked_with_its_consent",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="link_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["user", "household"],
                condition=Q(until=None, household__isnull=False),
                name="one_link_of_a_user_to_a_household",
            ),
            models.UniqueConstraint(
                fields=["user", "path"],
                condition=Q(until=None, household=None),
                name="one_link_of_a_user_to_an_area",
            ),
        ]
        indexes = [
            models.Index(fields=["user"], name="links_of_a_user"),
            models.Index(fields=["household"], name="links_of_a_household"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.since}"


class Origin(models.Model):
    """Where what a file says comes from: which fields, when, from which visit, import or person, on what basis.

    One row a change; the youngest row that names a field is that field's provenance. It holds no value.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    subject_id = models.UUIDField("对象")
    fields = ArrayField(models.CharField(max_length=20), verbose_name="字段")
    at = models.DateTimeField("时间")
    source = models.CharField("来源", max_length=8, choices=Source)
    source_id = models.UUIDField("来源编号", null=True)
    by_kind = models.CharField("谁写的", max_length=12)
    by_id = models.UUIDField("操作者", null=True)
    basis = models.CharField("依据", max_length=12, choices=[("duty", "法定职责"), ("consent", "本人同意")])

    class Privacy:
        open = ("id", "subject_id", "fields", "at", "source", "source_id", "by_kind", "basis")
        masked = ("by_id",)
        keep = "with the file"

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(basis__in=["duty", "consent"]), name="every_field_has_its_basis"
            )
        ]
        indexes = [
            models.Index(fields=["subject_id", "at"], name="origins_of_a_file"),
            models.Index(
                fields=["source_id"], name="origins_of_a_source", condition=Q(source_id__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.get_source_display()} {self.at:%Y-%m-%d}"
