"""人 people and households, and what holds between them for a time. Names and numbers are sealed at rest.

A household stands where it lives now (`grid_path`, `home`); that copy is written by the one verb that moves it. All
else that holds in time is a `Tie`: a move is one row that ends and one that begins.
"""

from django.db import models
from django.db.models import F, Q

from yige.accounts.scope import FileScope, files_reach, posts_of
from yige.archive.models.places import Home
from yige.archive.person_fields import PERSON_COLUMNS, SEALED_COLUMNS, SEALED_FIELDS, SEARCHED_FIELDS
from yige.archive.words import Relation, Sex
from yige.grids.models import Grid
from yige.lib.ids import new_id
from yige.lib.local_time import local_day


def linked_households(user, day) -> Q:
    """Return the condition on households linked to this user on a day: by name with their consent, or by an area.

    The few links are read first: a subquery beside a path would make PostgreSQL read every household.
    """
    links = list(user.links.held_on(day).values_list("path", "household"))
    found = Q(pk__in=[household for _, household in links if household])
    for path, household in links:
        found |= Q() if household else Q(grid_path__startswith=path)
    return found


class HouseholdQuerySet(FileScope):
    def linked_to(self, user, day) -> Q:
        return linked_households(user, day)

    def visited_by(self, user, at) -> "HouseholdQuerySet":
        """Keep the households that this user's posts and links make him or her visit; who keeps files visits none."""
        reach = files_reach(user, at, ("area",))
        if any(post.rule.files == "links" for post in posts_of(user, at)):
            reach |= linked_households(user, local_day(at))
        return self.current().filter(reach)

    def current(self) -> "HouseholdQuerySet":
        return self.filter(ended_at=None)

    def below(self, path) -> "HouseholdQuerySet":
        return self.filter(grid_path__startswith=path)


class Household(models.Model):
    """One household, one file."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid = models.ForeignKey(Grid, models.PROTECT, related_name="+", verbose_name="网格")
    grid_path = models.CharField("网格路径", max_length=120)
    home = models.ForeignKey(
        Home, models.PROTECT, null=True, blank=True, related_name="households", verbose_name="现住址"
    )
    contact = models.ForeignKey(
        "Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="联系人"
    )
    made_at = models.DateTimeField("建档时间")
    met_at = models.DateTimeField("上次见到或通话", null=True)
    tried_at = models.DateTimeField("上次走访", null=True)
    wished_on = models.DateField("约定下次联系", null=True)
    declines_until = models.DateField("不希望走访至", null=True)
    ended_at = models.DateTimeField("撤户时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = HouseholdQuerySet.as_manager()

    class Privacy:
        open = ("id", "grid", "grid_path", "made_at", "ended_at", "version")
        masked = ("home", "contact", "met_at", "tried_at", "wished_on", "declines_until")
        keep = "while it lives here, then 1 year"

    class Meta:
        ordering = ["grid_path", "id"]
        indexes = [
            models.Index(
                fields=["grid_path", "id"],
                name="households_by_place",
                opclasses=["text_pattern_ops", "uuid_ops"],
                condition=Q(ended_at=None),
            ),
            models.Index(
                fields=["grid_path", "met_at"],
                name="households_not_met_for_long",
                opclasses=["text_pattern_ops", "timestamptz_ops"],
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"户 {self.pk}"

    def declines_on(self, day) -> bool:
        """Say whether no visits are wished on this day; nothing else follows from it."""
        return self.declines_until is not None and day <= self.declines_until


class PersonQuerySet(FileScope):
    def linked_to(self, user, day) -> Q:
        return Q(household__in=Household.objects.filter(linked_households(user, day)).values("pk"))

    def current(self) -> "PersonQuerySet":
        return self.filter(removed_at=None, merged_into=None)

    def of(self, household) -> "PersonQuerySet":
        return self.current().filter(household=household)


class Person(models.Model):
    """One person, one file: as little as a visit needs. No person under 14 has a file without a guardian."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="现在的户"
    )
    grid_path = models.CharField("网格路径", max_length=120)
    name_sealed = models.BinaryField("姓名", null=True)
    name_index = models.BinaryField("姓名检索", null=True, max_length=50)
    sound_index = models.BinaryField("读音加出生年检索", null=True, max_length=50)
    phone_sealed = models.BinaryField("电话", null=True)
    phone_index = models.BinaryField("电话检索", null=True, max_length=50)
    identity_sealed = models.BinaryField("身份号码", null=True)
    identity_index = models.BinaryField("身份号码检索", null=True, max_length=50)
    emergency_sealed = models.BinaryField("紧急联系人", null=True)
    relation = models.CharField("与户主关系", max_length=12, choices=Relation, blank=True)
    birth_year = models.PositiveSmallIntegerField("出生年", null=True)
    sex = models.CharField("性别", max_length=1, choices=Sex, default=Sex.UNKNOWN)
    guardian = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="wards", verbose_name="监护人"
    )
    made_at = models.DateTimeField("建档时间")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases", verbose_name="并入"
    )
    removed_at = models.DateTimeField("删除时间", null=True)
    version = models.PositiveIntegerField("版本", default=1)

    objects = PersonQuerySet.as_manager()

    class Privacy:
        open = ("id", "grid_path", "made_at", "removed_at", "version", "merged_into")
        masked = ("household", *PERSON_COLUMNS)
        keep = "while the person lives here, then 1 year"
        # field → its search column, or None: what a rotation of keys seals and hashes anew.
        sealed = dict.fromkeys(SEALED_FIELDS) | {field: f"{field}_index" for field in SEARCHED_FIELDS}

    class Meta:
        ordering = ["household", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(**dict.fromkeys(SEALED_COLUMNS)),
                name="removed_person_keeps_nothing_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="person_is_not_merged_into_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["household"], name="people_of_a_household"),
            models.Index(fields=["name_index"], name="people_by_name"),
            models.Index(fields=["sound_index"], name="people_by_sound"),
            models.Index(
                fields=["phone_index"], name="people_by_phone", condition=Q(phone_index__isnull=False)
            ),
            models.Index(
                fields=["identity_index"],
                name="people_by_identity",
                condition=Q(identity_index__isnull=False),
            ),
            models.Index(fields=["grid_path"], name="people_by_place", opclasses=["text_pattern_ops"]),
        ]

    def __str__(self):
        return f"人 {self.pk}"

    def age_in(self, year) -> int | None:
        """Return the age in years that this person reaches in a year, None when the birth year is not known."""
        return None if self.birth_year is None else year - self.birth_year

    def is_child_in(self, year) -> bool:
        """Say whether the person may be under 14 in this year: until the end of the year of the 14th birthday."""
        age = self.age_in(year)
        return age is not None and age <= 14
