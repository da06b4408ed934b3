"""Photos, already cleaned, and the drafts that keep them until a report is sent."""

from django.db import models

from yige.cases.models.case import Case
from yige.cases.models.entry import Entry
from yige.cases.models.exclusions import Exclusion
from yige.lib.ids import new_id


class Draft(models.Model):
    """Photos of a form that could not be accepted yet, so that nobody has to take them again."""

    token = models.CharField("凭据", max_length=40, primary_key=True)
    made_at = models.DateTimeField("建立时间")

    class Privacy:
        open = ("made_at",)
        masked = ("token",)
        keep = "24 hours"

    def __str__(self):
        return f"{self.made_at:%m-%d %H:%M}"


class PhotoKind(models.TextChoices):
    REPORT = "report", "反映照片"
    ADDED = "added", "补充照片"
    EVIDENCE = "evidence", "处置照片"
    EXCLUSION = "exclusion", "不计入的凭据"


class Photo(models.Model):
    """One picture without metadata; its file name is a secret and says nothing.

    What goes with an asking (`exclusion`) is no photo of the case: its reporter and its other readers do not see it.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="photos")
    entry = models.ForeignKey(Entry, models.SET_NULL, null=True, related_name="photos")
    exclusion = models.ForeignKey(Exclusion, models.CASCADE, null=True, related_name="photos")
    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="photos")
    kind = models.CharField("类别", max_length=10, choices=PhotoKind.choices, default=PhotoKind.REPORT)
    file_name = models.CharField("文件", max_length=60, unique=True)
    width = models.PositiveSmallIntegerField("宽")
    height = models.PositiveSmallIntegerField("高")
    kept_at = models.DateTimeField("保存时间")

    class Privacy:
        open = ("kind", "width", "height", "kept_at")
        masked = ("file_name",)
        keep = "with the case"

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False)
                | models.Q(draft__isnull=False)
                | models.Q(exclusion__isnull=False),
                name="photo_belongs_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(case=None) | models.Q(exclusion=None),
                name="photo_of_an_asking_is_none_of_the_case",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
