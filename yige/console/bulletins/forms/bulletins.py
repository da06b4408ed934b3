"""Beginning a bulletin: of which street, for which month."""

from yige.bulletins.models import Bulletin, OpenFigure
from yige.grids.models import Grid
from yige.lib.local_time import month_words
from yige.steps.fields import Choice, RowChoice
from yige.web.forms import KeyedForm


class BeginForm(KeyedForm):
    street = RowChoice("哪个街道")
    month = Choice("哪个月", hint="数公布过的月份才能写。")

    def __init__(self, *args, paths, **kwargs):
        super().__init__(*args, **kwargs)
        streets = {str(row.pk): row for row in Grid.objects.current().filter(path__in=paths)}
        self.fields["street"].offer([(pk, row.name) for pk, row in streets.items()], streets)
        months = (
            OpenFigure.objects.filter(path__in=paths)
            .order_by("-month")
            .values_list("month", flat=True)
            .distinct()
        )
        begun = (
            set(Bulletin.objects.standing().filter(path__in=paths).values_list("month", flat=True))
            if len(paths) == 1
            else ()
        )
        self.months = {f"{day:%Y-%m}": day for day in months if day not in begun}
        named = [(name, month_words(day)) for name, day in self.months.items()]
        self.fields["month"].choices = [("", "请选择"), *named]

    def clean(self) -> dict:
        said = super().clean()
        self.street = said.pop("street", None)
        said["month"] = self.months.get(said.get("month"))
        return said
