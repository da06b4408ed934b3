"""For which places somebody may call, and what the form begins with."""

from datetime import datetime, time, timedelta

from yige.accounts.scope import posts_with
from yige.alliance.organisations import RUNS, organisation_of_seat
from yige.grids.models import Grid, Level
from yige.lib.local_time import SHANGHAI, local_day


def areas_of(user, at):
    """Return the grids of the own posts and below, from the top; for the seat of an organisation those of its post."""
    grids, posts = [], posts_with(user, at, "call_volunteers")
    if not posts and organisation_of_seat(user, at):
        posts = posts_with(user, at, RUNS)
    for post in posts:
        below = Grid.objects.public().filter(path__startswith=post.path, level__lte=Level.GRID)
        grids += [grid for grid in below.order_by("path") if grid not in grids]
    return grids


def first_values(areas, case, at):
    """Return the first values: the place of the case or the widest one, Saturday's ten o'clock."""
    around = [grid for grid in areas if case and case.grid_path.startswith(grid.path)]
    area = around[-1] if around else areas[0] if areas else None
    day = local_day(at) + timedelta(days=2)
    day += timedelta(days=(5 - day.weekday()) % 7)
    return {
        "area": area and str(area.pk),
        "starts_at": datetime.combine(day, time(10), SHANGHAI),
        "ends_at": datetime.combine(day, time(12), SHANGHAI),
        "wanted": 5,
    }
