"""The areas that a post or a unit can be given."""

from django.db.models import Q

from yige.grids.models import Grid


def area_choices(paths):
    """Return every grid in use below these places as a choice, indented by its level."""
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    rows = Grid.objects.public().filter(below).order_by("path").values_list("path", "level", "name")
    return [(path, "\u3000" * (level - 1) + name) for path, level, name in rows]
