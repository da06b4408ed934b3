"""For which places somebody may raise a matter, and which topics it may come from."""

from typing import NamedTuple

from yige.accounts.scope import posts_of
from yige.grids.models import Grid
from yige.topics.models import Topic

HIGHEST, LOWEST = 2, 3  # a matter is of a community or of a grid


class Offer(NamedTuple):
    areas: list
    topics: list


def offer_for(user, at):
    paths = [post.path for post in posts_of(user, at) if post.may("raise_deliberations")]
    grids = Grid.objects.current().filter(level__gte=HIGHEST, level__lte=LOWEST).order_by("path")
    areas = [grid for grid in grids if grid.path.startswith(tuple(paths))] if paths else []
    return Offer(areas, list(Topic.objects.visible_to(user, at).order_by("-proposed_at")[:50]))


def first_values(asked, offer):
    """Return what the page that led here was about: a case by its number."""
    first = {"area": str(offer.areas[0].pk)} if len(offer.areas) == 1 else {}
    if number := asked.get("case", "")[:40]:
        first |= {"number": number, "raised_from": "cases"}
    return first
