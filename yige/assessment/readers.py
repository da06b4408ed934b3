"""Whose figures somebody reads: his own unit's, and those of the area that he heads. Rule: docs/policy/assessment.md.

A unit reads all that counts for it, also what lies with another unit meanwhile; a head reads what lies in his area. A grid
team that is one person has figures that are that person's: they are for the team and for the head directly above, alone.
"""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.roles import leading
from yige.assessment import bases
from yige.assessment.periods import Period
from yige.lib.local_time import local_day

EVER = Period(date(2000, 1, 1), date(2200, 1, 1))


def reach(user, at) -> Q:
    """Return the condition on the rows that this person may count, one that nothing meets when there are none."""
    found = Q(pk=None)
    for post in user.posts_at(at):
        if post.rule.sees == "area":
            found |= Q(grid_path__startswith=post.path)
        elif post.rule.sees == "unit":
            found |= Q(unit=post.unit_id)
    return found


def units_to_read(user, at, period, where=None) -> QuerySet:
    """Return the units that this person may read of and that have anything to tell in the period, in the order of the tree.

    Narrowed by a condition on the rows also the own unit is there only if it has something.
    """
    known = Q(pk__in=[] if where else own_units(user, at))
    where = where or reach(user, at)
    for rows in told_of(period):
        known |= Q(pk__in=rows.filter(where).order_by().values("unit"))
    return Unit.objects.filter(known, told_to(user, at)).order_by("kind", "path", "name")


def told_reach(user, at) -> Q:
    """Return the reach without what was a unit's whose figures are not told to this reader.

    What is not told of a team alone stands in no sum either: a sum less its parts would tell it.
    """
    hidden = Unit.objects.exclude(told_to(user, at)).values("pk")
    return reach(user, at) & (Q(unit=None) | ~Q(unit__in=hidden))


def may_read(user, at, unit) -> bool:
    """Say whether somebody may read of this unit: it is the own one, or something of it ever lay in the own reach."""
    if not Unit.objects.filter(told_to(user, at), pk=unit.pk).exists():
        return False
    if unit.pk in own_units(user, at):
        return True
    where = reach(user, at) & Q(unit=unit)
    return any(rows.filter(where).exists() for rows in told_of(EVER))


def told_to(user, at) -> Q:
    """Return the condition on units whose figures are of more than one person, or for this reader all the same."""
    here = Post.objects.held_on(local_day(at)).filter(unit=OuterRef("pk"), user__is_active=True).order_by()
    several = here.values("unit").annotate(people=Count("user", distinct=True)).filter(people__gte=2)
    posts = user.posts_at(at)
    found = ~Q(kind=UnitKind.GRID_TEAM) | Exists(several) | Q(pk__in=[post.unit_id for post in posts])
    for post in posts:
        if post.role in leading(2):
            found |= Q(path__startswith=post.path)
    return found


def own_units(user, at) -> list:
    return [post.unit_id for post in user.posts_at(at) if post.rule.sees == "unit"]


def told_of(period) -> tuple:
    return bases.closings(period), bases.open_and_late(period), bases.promises(period)
