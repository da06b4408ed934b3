"""The areas that a post or a unit can be given."""

from yige.grids.models import Grid


def area_choices():
    """Return every grid in use as a choice, indented by its level."""
    rows = Grid.objects.public().order_by("path").values_list("path", "level", "name")
    return [(path, "\u3000" * (level - 1) + name) for path, level, name in rows]
