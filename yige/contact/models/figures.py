"""What was published of areas: numbers of households and people, drawn once and the same for all who read them."""

from django.db import models
from django.db.models import Q

from yige.archive.labels import LABELS
from yige.lib.ids import new_id

VISIT_FIGURES = (("households", "户数"), ("met", "走到"), ("late", "久未走访"))
HOME_FIGURES = (
    ("bottled_gas", "用瓶装气"),
    ("escape_blocked", "逃生口不畅通"),
    ("indoor_charging", "电动车进屋充电"),
)
FIGURES = (*VISIT_FIGURES, *((label.name, label.label) for label in LABELS), *HOME_FIGURES)


class AreaFigure(models.Model):
    """One number of one area as it was drawn on the day of publication; the row of an area above counts the rest in it."""

    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)
    path = models.CharField("网格路径", max_length=120)
    name = models.CharField("哪个数", max_length=20, choices=FIGURES)
    count = models.PositiveIntegerField("公布的数")
    published_on = models.DateField("公布的一期")

    objects = models.Manager()

    class Privacy:
        open = "__all__"
        masked = ()
        keep = "until the next publication"

    class Meta:
        ordering = ["path", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "name"], name="one_published_number_of_a_kind_for_an_area"
            ),
            models.CheckConstraint(
                condition=Q(name__in=[name for name, _ in FIGURES]), name="published_number_is_on_the_list"
            ),
        ]

    def __str__(self):
        return f"{self.path} {self.get_name_display()} {self.count}"
