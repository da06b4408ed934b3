"""The outbox: what is to be told to whom, written in the transaction that causes it."""

from typing import Self

from django.db import models

from yige.lib.ids import new_id
from yige.notices.subjects import SubjectKind


class Audience(models.TextChoices):
    STAFF = "staff", "工作人员"
    REPORTER = "reporter", "反映人"
    AREA = "area", "辖区公众"
    RESIDENT = "resident", "本人"


class Delivery(models.TextChoices):
    WAITING = "waiting", "待发送"
    SENT = "sent", "已发送"
    KEPT = "kept", "站内留存"
    FAILED = "failed", "发送失败"


class NoticeQuerySet(models.QuerySet):
    def inbox(self, user) -> "NoticeQuerySet":
        return self.filter(audience=Audience.STAFF, user_id=user.pk).order_by("-id")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def due(self, at) -> "NoticeQuerySet":
        return self.filter(delivery=Delivery.WAITING, send_after__lte=at).order_by("send_after", "id")

    def of_area(self, path) -> "NoticeQuerySet":
        return self.filter(audience=Audience.AREA, path__startswith=path).order_by("-id")


class Notice(models.Model):
    """One message to one person (or to an area); the wires deliver it, the inbox shows it.

    No address is stored here: neither the reader's, a wire asks for it when it sends, nor that of a page.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    kind = models.CharField("类别", max_length=40)
    audience = models.CharField("对象", max_length=10, choices=Audience.choices)
    user_id = models.UUIDField("收件人", null=True)
    subject_kind = models.CharField("关于什么", max_length=20, choices=SubjectKind, blank=True)
    subject_id = models.UUIDField("关于哪一件", null=True)
    path = models.CharField("辖区", max_length=120, blank=True)
    title = models.CharField("标题", max_length=80)
    body = models.TextField("内容", max_length=2000)
    urgent = models.BooleanField("紧急", default=False)
    created_at = models.DateTimeField("产生时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    delivery = models.CharField("送达", max_length=10, choices=Delivery.choices, default=Delivery.KEPT)
    send_after = models.DateTimeField("不早于", null=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    sent_at = models.DateTimeField("送达时间", null=True)
    wire = models.CharField("渠道", max_length=20, blank=True)
    error = models.CharField("失败原因", max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Privacy:
        open = ("kind", "audience", "title", "path", "subject_kind", "urgent", "delivery")
        masked = ("body",)
        keep = "1 year"

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(delivery="waiting") | models.Q(send_after__isnull=False),
                name="waiting_notice_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(audience="staff") | models.Q(user_id__isnull=False),
                name="staff_notice_has_a_reader",
            ),
        ]
        indexes = [
            models.Index(fields=["user_id", "-id"], name="notices_of_a_person"),
            models.Index(
                fields=["user_id"],
                name="notices_unread",
                condition=models.Q(read_at=None, audience="staff"),
            ),
            models.Index(
                fields=["send_after"], name="notices_to_send", condition=models.Q(delivery="waiting")
            ),
            models.Index(fields=["subject_id"], name="notices_of_a_case"),
        ]

    def __str__(self):
        return self.title
