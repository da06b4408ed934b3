"""A branch of a grid: which grid, what it is called."""

from yige.steps.fields import Line, RowChoice
from yige.web.forms import KeyedForm


class BranchForm(KeyedForm):
    grid = RowChoice("哪个网格")
    name = Line("支部名称", longest=40, hint="例如“东大社区第二网格党支部”。")

    def __init__(self, *args, grids, **kwargs):
        super().__init__(*args, **kwargs)
        rows = {str(grid.pk): grid for grid in grids}
        self.fields["grid"].offer([(key, grid.name) for key, grid in rows.items()], rows)

    def clean(self):
        said = super().clean()
        self.grid = said.pop("grid", None)
        return said
