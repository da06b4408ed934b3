"""What is told to everybody about a month: its figures, kept as they were published."""

from django.db import models

from yige.lib.ids import new_id

WHOLE, PUBLIC = "", "public"  # in place of a class: all matters, and the public ones among them


class OpenFigureQuerySet(models.QuerySet):
    def of_month(self, month) -> "OpenFigureQuerySet":
        return self.filter(month=month)


class OpenFigure(models.Model):
    """What was published of one area and one class of matters for one month; None where that is not told.

    Written once and never changed: two states of one number would tell what came between them.
    """

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    month = models.DateField("月份（第一天）")
    path = models.CharField("网格路径", max_length=120)
    area = models.CharField("哪里", max_length=60)
    kind = models.CharField("哪一类", max_length=60, blank=True)
    label = models.CharField("类别名称", max_length=40)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    reported = models.PositiveIntegerField("反映", null=True)
    closed = models.PositiveIntegerField("办结", null=True)
    median_days = models.DecimalField("天数中位数", max_digits=6, decimal_places=1, null=True)
    reopened = models.PositiveIntegerField("办结后又重办", null=True)
    asked = models.PositiveIntegerField("问到反映人", null=True)
    solved = models.PositiveIntegerField("都说解决了", null=True)
    published_at = models.DateTimeField("公布时间")

    objects = OpenFigureQuerySet.as_manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "for ever"

    class Meta:
        ordering = ["-month", "path", "order", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "path", "kind"], name="one_open_figure_of_a_kind_a_month"
            ),
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} {self.area} {self.label}"
