"""What the forms of all that stands in a grid have in common: lines, numbers, the grid or the point."""

from django import forms

from yige.accounts.scope import posts_with
from yige.grids.models import Grid, Level
from yige.steps.fields import RowChoice
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm

WHOLE = {"invalid": "请填整数。"}
DEGREES = {"invalid": "请填数字，比如 113.2923。"}
BY_POINT = "按经纬度来定"


class Line(forms.CharField):
    """One line; how long it may be and what it may hold is said by the verb."""

    def __init__(self, label, *, required=False, hint=""):
        super().__init__(
            label=label, required=required, help_text=hint, max_length=400, strip=False,
            error_messages={"required": "请填写这一项。", "max_length": "写得太长了。"},
        )  # fmt: skip


class Number(WholeNumber):
    def __init__(self, label, *, required=False, hint=""):
        errors = WHOLE | {"required": "请填写这一项。"}
        super().__init__(label=label, required=required, help_text=hint, error_messages=errors)


class LocatedForm(KeyedForm):
    """A form of something that stands in a grid of one's own, chosen or found by its point."""

    grid = RowChoice("网格", required=False, hint="不选的，按经纬度来定。")
    lon = forms.FloatField(label="经度", required=False, error_messages=DEGREES)
    lat = forms.FloatField(label="纬度", required=False, error_messages=DEGREES)

    def __init__(self, *args, by, at, capability="keep_places", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grid"].offer(*grids_of(by, at, capability), empty=BY_POINT)


def grids_of(by, at, capability):
    """Return (choices, rows by value) of the grids below somebody's posts that may do this, from the community down."""
    paths = [post.path for post in posts_with(by, at, capability)]
    rows = Grid.objects.current().filter(level__gte=Level.COMMUNITY).order_by("path")
    found = [grid for grid in rows if any(grid.path.startswith(path) for path in paths)]
    named = [(str(grid.pk), "　" * (grid.level - 2) + grid.name) for grid in found]
    return named, {str(grid.pk): grid for grid in found}


def on_grid(verb):
    """Return a verb that begins with a grid, as a form says it: the grid is one of its fields."""

    def call(subject, *, grid=None, **said):
        return verb(grid, **said)

    return call
