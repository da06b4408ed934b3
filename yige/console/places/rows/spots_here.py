"""What the page of a place says of rounds."""

from yige.console.nav import SEE_PATROLS
from yige.contact.models import Spot
from yige.steps.s2_discover.actions import PLANNERS


def spots_here(user, at, row, name):
    """Return what a page says of rounds: the places that belong to a building, a thing or an organisation."""
    held = user.posts_at(at)
    if not any(post.role in SEE_PATROLS for post in held):
        return {"patrols": False}
    spots = Spot.objects.visible_to(user, at).filter(active=True, **{name: row}).order_by("name")
    planner = any(post.role in PLANNERS and post.covers(row.grid_path) for post in held)
    return {"patrols": True, "spots": spots, "planner": planner, "query": f"{name}={row.pk}"}
