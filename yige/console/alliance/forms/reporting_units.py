"""A unit that reports in: to which community, what it is called, what it offers."""

from yige.console.alliance.forms.volunteer_call import ALL_READ
from yige.steps.fields import Line, RowChoice
from yige.web.forms import KeyedForm


class ReportingUnitForm(KeyedForm):
    grid = RowChoice("向哪个社区报到")
    name = Line("单位名称", longest=60)
    offers = Line("能给邻里做什么", longest=120, hint="例如“每月一次法律咨询，帮忙扫雪搬东西”。" + ALL_READ)

    def __init__(self, *args, grids, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(grid.pk): grid for grid in grids}
        self.fields["grid"].offer([(key, grid.name) for key, grid in rows.items()], rows)

    def clean(self):
        said = super().clean()
        self.grid = said.pop("grid", None)
        return said
