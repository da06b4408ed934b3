"""The only place that knows whose grid it is: every query on a surface starts here or with `.public()`."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

NOTHING = Q(pk__in=[])


class Scoped(models.QuerySet):
    """A QuerySet of rows with `grid_path`, `unit`, `handler` and `reported_by`, cut to a person's reach."""

    def visible_to(self, user, at=None):
        """Keep what the user's posts of this moment let him or her see; a stranger sees nothing."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        reach = NOTHING
        for post in user.posts_at(at or timezone.now()):
            reach |= reach_of(post, user)
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def strict(self):
        """Where we can still mend it, a page that loads a row it did not ask for raises."""
        return self.fetch_mode(models.FETCH_RAISE) if settings.YIGE_FETCH_RAISE else self


def reach_of(post, user):
    """Return the condition that one post adds to its holder's reach."""
    sees = post.rule.sees
    if sees == "none":
        return NOTHING
    if sees == "area":
        return Q(grid_path__startswith=post.path) | mine(user)
    if sees == "unit":
        return Q(unit_id=post.unit_id)
    if sees == "intake":
        return Q(reported_by=user) | Q(grid_path__startswith=post.path, state="closed")
    return mine(user) | Q(unit_id=post.unit_id, handler=None, state__in=("dispatched", "signed", "handling"))


def mine(user):
    return Q(handler=user) | Q(reported_by=user)
