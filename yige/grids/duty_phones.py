"""Whom to ring up about a place: the duty phones of a grid and of all above it."""

from yige.grids.models import Grid


def duty_phones(path) -> list[tuple[str, str]]:
    """Return (name, number) of the grids in force from this one up that have a duty phone, the nearest first."""
    parts = path.strip("/").split("/")
    above = [f"/{'/'.join(parts[: end + 1])}/" for end in range(len(parts))]
    rows = Grid.objects.public().filter(path__in=above).exclude(phone="").order_by("-path")
    return list(rows.values_list("name", "phone"))
