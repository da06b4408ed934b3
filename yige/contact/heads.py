"""Whose contact a head reads: what lies below the places of these posts."""

from django.db.models import Q

from yige.accounts.scope import NOTHING, posts_with


def below_own_places(user, at, field="grid_path") -> Q:
    """Return the condition on what lies below the places that somebody heads."""
    reach = NOTHING
    for post in posts_with(user, at, "see_coverage"):
        reach |= Q(**{f"{field}__startswith": post.path})
    return reach
