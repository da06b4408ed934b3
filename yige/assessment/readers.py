"""Whose figures somebody reads: his own unit's, and those of the area that he heads. Rule: docs/policy/assessment.md.

A unit reads all that counts for it, also what lies with another unit meanwhile; a head reads what lies in his area. A grid
team that is one person has figures that are that person's: they are for the team and for the head directly above, alone.
A person's own figures are for that person and the direct head, who opens them one by one; each look is in the log.
"""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from yige.accounts.models import Post, Unit, UnitKind
from yige.accounts.roles import DIRECTLY_BELOW, leading
from yige.assessment import bases
from yige.assessment.periods import Period
from yige.audit.log import action
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed

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


def frozen_reach(user, at) -> Q:
    """Return the condition on the kept rows of a frozen sheet: what lay in the own area, and all of the units there now.

    A boundary that moved since takes from no head the rows of a unit that he heads.
    """
    found = reach(user, at)
    for path in areas_of(user, at):
        found |= Q(unit__path__startswith=path)
    return found


def areas_of(user, at) -> list[str]:
    return [post.path for post in user.posts_at(at) if post.rule.sees == "area"]


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
    """Say whether somebody may read of this unit: it is the own one or lies in the own area, or something of it ever did."""
    if not Unit.objects.filter(told_to(user, at), pk=unit.pk).exists():
        return False
    if unit.pk in own_units(user, at) or any(unit.path.startswith(path) for path in areas_of(user, at)):
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


def posts_directly_below(user, at) -> QuerySet:
    """Return the posts whose direct head this person is."""
    mine = Q(pk=None)
    for post in user.posts_at(at):
        mine |= Q(role__in=DIRECTLY_BELOW.get(post.role, ()), path__startswith=post.path)
    held = Post.objects.held_on(local_day(at)).filter(mine, user__is_active=True).exclude(user=user)
    return held.select_related("user", "unit").order_by("path", "role", "user__name", "id")


def areas_read_of(person, user, at) -> list[str]:
    """Return the paths in which somebody reads another person's own figures, as the direct head; of others there are none."""
    below = list(posts_directly_below(user, at).filter(user=person))
    return [
        post.path
        for post in user.posts_at(at)
        if any(
            one.role in DIRECTLY_BELOW.get(post.role, ()) and one.path.startswith(post.path) for one in below
        )
    ]


@action("accounts.view_acceptance")
def read_person(person, *, by, at) -> list[str]:
    """Open a person's own figures as the direct head, with a line in the log; return the paths in which they are read."""
    areas = areas_read_of(person, by, at)
    if not areas:
        raise NotAllowed("一个人的数，只有本人和直接带他的网格长看得到。")
    return areas


def own_units(user, at) -> list:
    return [post.unit_id for post in user.posts_at(at) if post.rule.sees == "unit"]


def told_of(period) -> tuple:
    return bases.closings(period), bases.open_and_late(period), bases.promises(period)
