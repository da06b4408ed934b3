"""What the page of branches shows: each with its grid; names of members to the head of just this grid, if they want it."""

from yige.accounts.scope import posts_with
from yige.alliance.branches import seen_by_head
from yige.alliance.models import Branch
from yige.archive.people import sealing
from yige.grids.models import Grid, Level


def branch_rows(user, at):
    """Return [(branch, masked names, is it the own one)]."""
    rows = Branch.objects.visible_to(user, at).select_related("grid")
    own = {post.path for post in posts_with(user, at, "keep_branches")}
    return [
        (row, names_of(row, user, at) if row.grid_path in own else [], row.grid_path in own) for row in rows
    ]


def names_of(branch, user, at):
    return [sealing.mask_value(each.person, "name") for each in seen_by_head(branch, user, at)]


def grids_of(user, at):
    """Return the level-3 grids in which somebody keeps branches."""
    found = []
    for post in posts_with(user, at, "keep_branches"):
        below = Grid.objects.public().filter(path__startswith=post.path, level=Level.GRID).order_by("path")
        found += [grid for grid in below if grid not in found]
    return found


def grids_without(user, at):
    taken = set(Branch.objects.visible_to(user, at).values_list("grid", flat=True))
    return [grid for grid in grids_of(user, at) if grid.pk not in taken]
