"""Whose figures somebody reads: his own unit's, and those of the area that he heads. Rule: docs/policy/assessment.md.

A unit reads all that counts for it, also what lies with another unit meanwhile; a head reads what lies in his area.
"""

from django.db.models import Q, QuerySet

from yige.accounts.models import Unit
from yige.assessment import bases


def reach(user, at) -> Q:
    """Return the condition on the rows that this person may count, one that nothing meets when there are none."""
    found = Q(pk=None)
    for post in user.posts_at(at):
        if post.rule.sees == "area":
            found |= Q(grid_path__startswith=post.path)
        elif post.rule.sees == "unit":
            found |= Q(unit=post.unit_id)
    return found


def units_to_read(user, at, period) -> QuerySet:
    """Return the units that this person may read of and that have anything to tell in the period, in the order of the tree."""
    mine = [post.unit_id for post in user.posts_at(at) if post.rule.sees in ("area", "unit")]
    where = reach(user, at)
    told = [
        rows.filter(where).order_by().values("unit")
        for rows in (bases.closings(period), bases.open_and_late(period), bases.promises(period))
    ]
    known = Q(pk__in=mine)
    for units in told:
        known |= Q(pk__in=units)
    return Unit.objects.filter(known).order_by("kind", "path", "name")
