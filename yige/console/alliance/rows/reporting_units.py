"""Which units reported in to the communities of the own area, and to which communities one may write one down."""

from yige.accounts.scope import posts_with
from yige.alliance.models import ReportingUnit
from yige.grids.models import Grid, Level


def unit_rows(user, at):
    return ReportingUnit.objects.visible_to(user, at).current().select_related("grid")


def communities_of(user, at):
    found = []
    for post in posts_with(user, at, "keep_branches"):
        below = Grid.objects.public().filter(path__startswith=post.path, level=Level.COMMUNITY)
        found += [grid for grid in below.order_by("path") if grid not in found]
    return found
