"""Who reported a case, sealed."""

from django.db import models

from yige.cases.models.case import Case


class Reporter(models.Model):
    """How to reach the person who reported, encrypted; an anonymous report has no such row."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="reporter")
    name_sealed = models.BinaryField("称呼", null=True)
    name_index = models.BinaryField("称呼检索", null=True, max_length=50)
    phone_sealed = models.BinaryField("电话", null=True)
    phone_index = models.BinaryField("电话检索", null=True, max_length=50)
    email_sealed = models.BinaryField("邮箱", null=True)
    call_back = models.BooleanField("希望回电", default=False)
    removed_at = models.DateTimeField("删除时间", null=True)

    class Privacy:
        open = ("call_back", "removed_at")
        masked = ("name_sealed", "name_index", "phone_sealed", "phone_index", "email_sealed")
        keep = "180 days after clearing, then removed by the clock"
        sealed = {"name": "name_index", "phone": "phone_index", "email": None}

    class Meta:
        indexes = [
            models.Index(fields=["phone_index"], name="reporters_by_phone"),
            models.Index(fields=["name_index"], name="reporters_by_name"),
        ]

    def __str__(self):
        return f"反映人 {self.case_id}"
