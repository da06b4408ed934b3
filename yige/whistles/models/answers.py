"""One-time links for a unit without an account, and what came back by one: it waits for the desk."""

from django.db import models
from django.db.models import Q

from yige.accounts.models import User
from yige.lib.ids import new_id
from yige.whistles.models.calls import Call
from yige.whistles.models.plan import PlanStep


class CallLink(models.Model):
    """A link for one answer about one call, or one step of it; the secret itself is kept nowhere (ADR 0002)."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    call = models.ForeignKey(Call, models.CASCADE, related_name="links")
    step = models.ForeignKey(PlanStep, models.CASCADE, null=True, related_name="links")
    made_at = models.DateTimeField("发出时间")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField("到期时间")
    used_at = models.DateTimeField("用过的时间", null=True)
    revoked_at = models.DateTimeField("收回时间", null=True)

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "with the case"

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self):
        return f"链接 {self.made_at:%m-%d}"

    def is_alive(self, at) -> bool:
        return self.used_at is None and self.revoked_at is None and at < self.ends_at


class LinkAnswer(models.Model):
    """What came by a one-time link; the desk takes it over as the unit's act, or sends it back with a reason."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    link = models.OneToOneField(CallLink, models.CASCADE, related_name="answered")
    at = models.DateTimeField("时间")
    verb = models.CharField("答复的是什么", max_length=20)
    said = models.JSONField("写了什么", default=dict)
    decided_at = models.DateTimeField("处理时间", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_over = models.BooleanField("照此记下", null=True)
    words = models.CharField("退回的话", max_length=500, blank=True)

    class Privacy:
        open = "__all__ but the masked"
        masked = ("said", "words")
        keep = "with the case"

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["at"], name="link_answers_waiting", condition=Q(decided_at=None))]

    def __str__(self):
        return f"答复 {self.at:%m-%d}"
