"""What the page of a place says of rounds."""

from yige.accounts.scope import posts_with
from yige.contact.models import Spot


def spots_here(user, at, row, name):
    """Return what a page says of rounds: the places that belong to a building, a thing or an organisation."""
    if not posts_with(user, at, "see_rounds"):
        return {"patrols": False}
    spots = Spot.objects.visible_to(user, at).filter(active=True, **{name: row}).order_by("name")
    planner = bool(posts_with(user, at, "plan_rounds", row.grid_path))
    return {"patrols": True, "spots": spots, "planner": planner, "query": f"{name}={row.pk}"}
