"""Users, units and posts: who holds which role where, since when, until when."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from yige.accounts import roles
from yige.accounts.shift_rules import MOST_HOURS
from yige.lib.ids import new_id
from yige.lib.local_time import local_day
from yige.lib.phones import phone_digits


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A member of staff with an account; what he or she may do comes from posts alone."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    username = models.CharField(
        "账号", max_length=40, unique=True, error_messages={"unique": "这个账号已经有人用了，请换一个。"}
    )
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("工作邮箱", blank=True)
    phone = models.CharField("工作电话", max_length=20, blank=True)
    is_active = models.BooleanField("启用", default=True)
    weekly_digest = models.BooleanField("收每周小结", default=True)
    made_at = models.DateTimeField("建立时间", auto_now_add=True)
    made_in = models.CharField("在哪里建立", max_length=120, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    actor_kind = "staff"

    class Privacy:
        open = ("username", "name", "is_active", "weekly_digest", "made_at", "made_in")
        masked = ("email", "phone", "password", "last_login")
        keep = "while employed, then 3 years"

    class Meta:
        ordering = ["username"]

    def __str__(self):
        return self.name

    @property
    def actor_id(self) -> UUID:
        return self.pk

    @property
    def label(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def posts_at(self, at) -> list:
        """Return the posts held at this moment, read once for each user object (= once a request)."""
        return [post for post in self._standing_posts(at) if not post.rests(at)]

    def opens_files_at(self, at) -> datetime | None:
        """Return when the first post that rests now opens again; None when none rests."""
        return min((post.opens_at for post in self._standing_posts(at) if post.rests(at)), default=None)

    def _standing_posts(self, at):
        if not hasattr(self, "_posts"):
            self._posts = list(self.posts.select_related("unit"))
        day = local_day(at)
        return [post for post in self._posts if post.held_on(day)]


class UnitKind(models.TextChoices):
    DISTRICT = "district", "区级统筹"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID_TEAM = "grid_team", "网格"
    DEPARTMENT = "department", "部门"
    UTILITY = "utility", "公用企业"
    PROPERTY = "property", "物业"
    STATION = "station", "热线与站点"


class Unit(models.Model):
    """An office that owns cases: a grid team, a community, a department, a utility, a property firm."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    slug = models.SlugField("代号", max_length=60, unique=True)
    name = models.CharField("名称", max_length=60, unique=True)
    kind = models.CharField("类别", max_length=12, choices=UnitKind.choices)
    path = models.CharField("辖区", max_length=120, blank=True)
    phone = models.CharField("公开电话", max_length=20, blank=True)
    active = models.BooleanField("在用", default=True)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["kind", "path", "slug"]
        indexes = [models.Index(fields=["path"], name="unit_by_path", opclasses=["text_pattern_ops"])]

    def __str__(self):
        return self.name


class PostQuerySet(models.QuerySet):
    def held_on(self, day) -> "PostQuerySet":
        return self.filter(since__lte=day).exclude(until__lte=day)

    def over(self, path) -> "PostQuerySet":
        """Posts whose area holds this path."""
        parts = path.strip("/").split("/")
        above = ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
        return self.filter(path__in=above)


class Post(models.Model):
    """A role held by a user in a unit over an area, from `since` up to but not including `until`."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="人员")
    role = models.CharField("角色", max_length=20, choices=roles.CHOICES)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    path = models.CharField("辖区", max_length=120)
    since = models.DateField("任职起")
    until = models.DateField("任职止", null=True, blank=True)
    opens_at = models.DateTimeField("什么时候起能打开档案", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["path", "role", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(path__startswith="/") & models.Q(path__endswith="/"),
                name="post_path_has_both_slashes",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="post_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "role"], name="posts_by_place"),
            models.Index(fields=["unit", "role"], name="posts_by_unit"),
        ]

    def __str__(self):
        return f"{self.unit} {self.rule.label}"

    @property
    def rule(self) -> roles.Role:
        return roles.ROLE_BY_NAME[self.role]

    def may(self, *capabilities) -> bool:
        """Say whether the role of this post has one of these capabilities."""
        return self.rule.may(*capabilities)

    def held_on(self, day) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def rests(self, at) -> bool:
        """Say whether it opens nothing yet: the post of a keeper in its first day, or the day after a reset."""
        return self.opens_at is not None and at < self.opens_at

    def covers(self, path) -> bool:
        return path.startswith(self.path)


class Shift(models.Model):
    """Who can be reached for a unit from one moment to another: somebody with an account, or a name and a number.

    Rule: docs/policy/duty-roster.md. What is asked of it stands in `accounts/shifts.py`.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shifts", verbose_name="单位")
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name="有账号的人"
    )
    name = models.CharField("姓名", max_length=40, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True)
    begins_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    note = models.CharField("说明", max_length=60, blank=True)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    class Privacy:
        open = ("id", "unit", "begins_at", "ends_at", "cancelled_at")
        masked = ("user", "name", "phone", "note")
        keep = "3 months after it ends"

    class Meta:
        ordering = ["begins_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")), name="shift_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__lte=models.F("begins_at") + timedelta(hours=MOST_HOURS)),
                name="shift_lasts_three_days_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(user=None, name__gt="", phone__gt="")
                | models.Q(user__isnull=False, name=""),
                name="shift_says_who_can_be_reached",
            ),
        ]
        indexes = [models.Index(fields=["unit", "ends_at"], name="shifts_by_unit")]

    def __str__(self):
        return f"{self.unit} {self.person_name}"

    @property
    def person_name(self) -> str:
        return self.user.name if self.user else self.name

    @property
    def phone_number(self) -> str:
        """The number to ring: the one of this shift, else the work phone of the account, in the one normal form."""
        return self.phone or (phone_digits(self.user.phone) if self.user else "")


class Bucket(models.Model):
    """How often something was tried lately by one device, one account or one address (hashed)."""

    key = models.CharField("键", max_length=64, primary_key=True)
    level = models.FloatField("余量")
    at = models.DateTimeField("时刻")

    class Privacy:
        open = ("key", "level", "at")
        masked = ()
        keep = "2 days"

    def __str__(self):
        return self.key[:8]


class LoginMark(models.Model):
    """What the log-in library keeps: attempts, lock-outs and codes that were used (the key hashed)."""

    key = models.CharField("键", max_length=64, primary_key=True)
    value = models.JSONField("内容")
    until = models.DateTimeField("到什么时候", db_index=True)

    class Privacy:
        open = ("key", "value", "until")
        masked = ()
        keep = "1 hour"

    def __str__(self):
        return self.key[:8]
