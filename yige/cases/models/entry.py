"""The lines of the timeline of a case."""

from django.db import models

from yige.cases.models.case import Case
from yige.cases.words import State
from yige.lib.ids import new_id


class Entry(models.Model):
    """One line of a case's timeline: what was done, when, by which post; never changed."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    at = models.DateTimeField("时间")
    verb = models.CharField("动作", max_length=20)
    state = models.CharField("之后的状态", max_length=10, choices=State.choices)
    by_kind = models.CharField("操作者类型", max_length=12)
    by_id = models.UUIDField("操作者", null=True)
    by_label = models.CharField("操作者名称", max_length=80)
    unit_label = models.CharField("单位", max_length=80, blank=True)
    public_words = models.TextField("给反映人看的话", blank=True)
    said = models.JSONField("填写内容", default=dict)

    class Privacy:
        open = ("at", "verb", "state", "by_kind", "unit_label")
        masked = ("by_id", "by_label", "public_words", "said")
        keep = "with the case"

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["case", "at"], name="timeline_of_a_case"),
            models.Index(
                fields=["by_id", "at"], condition=models.Q(verb__in=["accept", "sign"]), name="who_took_it_on"
            ),
        ]

    def __str__(self):
        return f"{self.verb} {self.at:%m-%d %H:%M}"
