"""A person's own way to the file, what he or she asks of it, exports that two agreed on, and proofs of deletion."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from yige.accounts.models import User
from yige.accounts.scope import NOTHING, StrictQuerySet, files_reach
from yige.archive.models.people import Person
from yige.archive.words import DeletionKind, ExportPurpose, RequestKind
from yige.lib.ids import new_id


class SignInCode(models.Model):
    """A code sent to a phone; made and answered alike whether or not anybody has left this number."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    phone_index = models.BinaryField("电话检索", max_length=50)
    phone_sealed = models.BinaryField("电话", null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name="人")
    code_hash = models.BinaryField("验证码", max_length=32)
    code_sealed = models.BinaryField("待发送的验证码", null=True)
    made_at = models.DateTimeField("发送时间")
    tries = models.PositiveSmallIntegerField("试过几次", default=0)
    used_at = models.DateTimeField("使用时间", null=True)

    class Privacy:
        open = ("id", "made_at", "tries", "used_at")
        masked = ("phone_index", "phone_sealed", "person", "code_hash", "code_sealed")
        keep = "1 day"
        sealed = {"code": None, "phone": None}

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["phone_index", "-made_at"], name="sign_in_codes_of_a_phone")]

    def __str__(self):
        return f"{self.made_at:%m-%d %H:%M}"


class SignIn(models.Model):
    """A resident is signed in on one device for half an hour of quiet, two hours at most."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="人")
    token_hash = models.BinaryField("凭据", max_length=32, unique=True)
    began_at = models.DateTimeField("开始时间")
    seen_at = models.DateTimeField("最近操作")
    ended_at = models.DateTimeField("退出时间", null=True)

    class Privacy:
        open = ("id", "began_at", "seen_at", "ended_at")
        masked = ("person", "token_hash")
        keep = "1 day after its end"

    class Meta:
        ordering = ["-began_at"]

    def __str__(self):
        return f"{self.began_at:%m-%d %H:%M}"


# What still has its clock: not answered, or a deletion that was granted and waits for the second person.
WAITING = Q(answered_at=None) | Q(kind=RequestKind.DELETE, granted=True, agreed_at=None)


class RightsRequestQuerySet(StrictQuerySet):
    def waiting(self) -> "RightsRequestQuerySet":
        return self.filter(WAITING)

    def kept_by(self, user, at=None) -> "RightsRequestQuerySet":
        """Keep what the user answers as the registrar of its area."""
        reach = files_reach(user, at or timezone.now(), ("keeper",))
        return self.none() if reach == NOTHING else self.filter(reach).strict()


class RightsRequest(models.Model):
    """A person, or somebody for him or her, asks to correct, delete, object or explain; answered within 30 days."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="requests", verbose_name="人")
    grid_path = models.CharField("网格路径", max_length=120)
    kind = models.CharField("要求", max_length=8, choices=RequestKind)
    field = models.CharField("哪一项", max_length=20, blank=True)
    words = models.CharField("说明", max_length=500)
    asked_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="代为提出的人"
    )
    told_at = models.DateTimeField("提醒时间", null=True)
    answered_at = models.DateTimeField("答复时间", null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="答复人")
    granted = models.BooleanField("办了", null=True)
    answer = models.CharField("答复", max_length=500, blank=True)
    agreed_at = models.DateTimeField("删除经第二人同意的时间", null=True)
    agreed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="同意删除的第二人"
    )

    objects = RightsRequestQuerySet.as_manager()

    class Privacy:
        open = (
            "id", "grid_path", "kind", "field", "asked_at", "due_on", "taken_by", "told_at", "answered_at",
            "answered_by", "granted", "agreed_at", "agreed_by",
        )  # fmt: skip
        masked = ("person", "words", "answer")
        keep = "3 years"

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None) | (Q(granted__isnull=False) & ~Q(answer="")),
                name="answered_request_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | (Q(answered_by__isnull=False) & ~Q(agreed_by=F("answered_by"))),
                name="deletion_takes_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["grid_path", "due_on"], name="requests_open", condition=WAITING)]

    def __str__(self):
        return f"{self.get_kind_display()} {self.asked_at:%Y-%m-%d}"


class Export(models.Model):
    """A list of persons for one purpose: one asks, another agrees, one download within a day, watermarked."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    grid_path = models.CharField("范围", max_length=120)
    purpose = models.CharField("用途", max_length=12, choices=ExportPurpose)
    words = models.CharField("说明", max_length=200)
    columns = ArrayField(models.CharField(max_length=12), verbose_name="列")
    label = models.CharField("只含这种服务", max_length=20, blank=True)
    count = models.PositiveIntegerField("人数", default=0)
    asked_at = models.DateTimeField("申请时间")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="申请人")
    decided_at = models.DateTimeField("决定时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    granted = models.BooleanField("同意", null=True)
    answer = models.CharField("意见", max_length=200, blank=True)
    fetched_at = models.DateTimeField("下载时间", null=True)
    digest = models.CharField("文件摘要", max_length=64, blank=True)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "3 years; it holds no person"

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="export_takes_two_persons"
            ),
            models.CheckConstraint(
                condition=Q(fetched_at=None) | Q(granted=True), name="only_a_granted_export_leaves"
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.asked_at:%Y-%m-%d}"


class Erasure(models.Model):
    """Proof that something was deleted: what, how many, by whom, and a keyed digest of the ids; no content."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField("时间")
    what = models.CharField("删了什么", max_length=14, choices=DeletionKind)
    count = models.PositiveIntegerField("多少")
    digest = models.CharField("编号摘要", max_length=64)
    by_kind = models.CharField("谁删的", max_length=12)
    by_id = models.UUIDField("操作者", null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="同意的人")

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.get_what_display()} {self.count}"
