"""Whose areas somebody reads figures of, which of them exactly, and which areas are one person.

Names stand on a card of contact, never beside a figure; and where an area is one person, its figures are that person's.
They stand one level up for everybody but that person and the head directly above (`told_above.py`).
"""

from typing import NamedTuple

from django.db.models import Q

from yige.accounts.roles import GRID_HEADS, ROLES
from yige.accounts.scope import NOTHING, posts_of
from yige.grids.models import Level

VISITORS = tuple(role.name for role in ROLES if role.files == "area")


class MapReach(NamedTuple):
    """The areas that somebody's map shows; those whose files he or she visits with; those that he or she is or heads."""

    paths: tuple
    files: tuple
    own: tuple = ()
    heads: tuple = ()

    def on(self, field="grid_path") -> Q:
        return below_any(self.paths, field)

    def opens(self, path) -> bool:
        return path.startswith(self.files) if self.files else False

    def reads_person(self, path) -> bool:
        """Say whether figures of an area that is one person are for this reader: who it is, or the head of it."""
        above = area_above(path) if length_of(path) >= Level.GRID else path
        return path in self.own or above in self.heads

    def shown(self, path) -> str:
        """Return the area under whose name figures of a place stand: one level up where they are one person's."""
        return area_above(path) if length_of(path) >= Level.MICRO and not self.reads_person(path) else path


def reach_of(user, at) -> MapReach:
    """Return what the posts of this moment on the tree let somebody see on the map; offices beside it see nothing."""
    posts = [post for post in posts_of(user, at) if post.rule.level]
    files = {post.path for post in posts if post.rule.files == "area"}
    heads = {post.path for post in posts if GRID_HEADS[length_of(post.path)] == post.role}
    return MapReach(
        tuple(sorted({post.path for post in posts})),
        tuple(sorted(files)),
        tuple(sorted(files)),
        tuple(sorted(heads)),
    )


def below_any(paths, field="grid_path") -> Q:
    """Return the condition on rows that lie in one of these areas."""
    reach = NOTHING
    for path in paths:
        reach |= Q(**{f"{field}__startswith": path})
    return reach


def length_of(path) -> int:
    """Return the level of a path: 1 subdistrict, 2 community, 3 grid, 4 micro-grid."""
    return path.count("/") - 1


def area_above(path) -> str:
    """Return the path of the area that holds this one; nothing above the top."""
    return path[: path.rindex("/", 0, -1) + 1] if length_of(path) > 1 else ""


def path_and_above(path) -> list[str]:
    """Return the paths of an area and of all that hold it, from the top down."""
    parts = path.split("/")
    return ["/".join(parts[:length]) + "/" for length in range(2, len(parts))]
