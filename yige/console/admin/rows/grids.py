"""Which grids somebody may open, and what their pages show; read-only."""

from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from yige.accounts import queries
from yige.grids.models import Grid, GridOutline, QrToken
from yige.grids.posters import Poster
from yige.grids.svg_outline import draw_outlines

ROLE_WORDS = {1: "一级网格长", 2: "二级网格长", 3: "三级网格长", 4: "微网格员"}


def grids_of(user, at):
    """Return the grids in use that a post opens: those of its own place."""
    reach = Q(pk__in=[])
    for post in user.posts_at(at):
        if post.may("see_grids"):
            reach |= Q(path__startswith=post.path)
    return Grid.objects.public().filter(reach)


def grid_or_404(user, code):
    """Return the grid with this code within reach, or 404."""
    grid = grids_of(user, timezone.now()).select_related("parent").filter(code=code).first()
    if grid is None:
        raise Http404
    return grid


def tree(user, at):
    """Return the grids within reach as a nested list: [(grid, heads, [child, …]), …], in three queries."""
    rows = list(
        grids_of(user, at)
        .annotate(has_code=Exists(QrToken.objects.live().filter(grid_id=OuterRef("pk"))))
        .order_by("path")
    )
    heads = queries.heads_of([grid.path for grid in rows], at)
    nodes = {grid.pk: (grid, heads.get(grid.path, []), []) for grid in rows}
    top = []
    for grid in rows:
        below = nodes[grid.parent_id][2] if grid.parent_id in nodes else top
        below.append(nodes[grid.pk])
    return top


def picture(grid):
    """Draw the grid among its neighbours, or filled with what lies below it when it has no outline."""
    family = Q(grid=grid) | Q(grid__parent=grid.parent_id) if grid.parent_id else Q(grid=grid)
    rows = GridOutline.objects.filter(valid_until=None, grid__valid_until=None).select_related("grid")
    found = list(rows.filter(family))
    if not any(row.grid_id == grid.pk for row in found):
        found = list(rows.filter(grid__parent=grid))
    told = sorted(found, key=lambda row: row.grid_id == grid.pk)
    return draw_outlines((row.grid.name, row.shape, row.grid_id == grid.pk) for row in told)


def posters(grids, origin, at):
    """Return a page for every code in use of these grids."""
    ids = [grid.pk for grid in grids]
    named = {grid.pk: grid for grid in grids}
    heads = queries.heads_of(_lines([grid.path for grid in grids]), at)
    above = {row.path: row for row in Grid.objects.current().filter(path__in=_lines(g.path for g in grids))}
    codes = QrToken.objects.live().filter(grid_id__in=ids)
    return [
        poster(named[code.grid_id], code, heads, above, origin)
        for code in codes.order_by("grid__path", "place", "issued_at")
    ]


def poster(grid, code, heads, above, origin):
    line = [above[path] for path in reversed(_line(grid.path)) if path in above]
    named = [(ROLE_WORDS[row.level], name) for row in line for name in heads.get(row.path, [])[:1]]
    phone = next((row.phone for row in line if row.phone), "")
    area = " ".join(row.name for row in reversed(line[1:]))
    return Poster(
        address=f"{origin}/g/{code.token}/", title=grid.name, area=area,
        heads=[pair for pair in named if pair[0] != ROLE_WORDS[1]][:3], phone=phone, place=code.place,
    )  # fmt: skip


def _line(path):
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: end + 1])}/" for end in range(len(parts))]


def _lines(paths):
    return sorted({part for path in paths for part in _line(path)})
