"""How somebody stands towards one called unit: the set of standings that the table of calls asks for."""

from uuid import UUID

from django.db.models import QuerySet

from yige.accounts.kept_statements import keep_statement
from yige.accounts.models import Post
from yige.accounts.roles import having
from yige.accounts.scope import posts_of
from yige.lib.local_time import local_day


def call_standings(by, call, at, *, answer=None) -> set[str]:
    """Return the standings of an actor towards a call, from posts read now.

    `answer` is what came by a one-time link of this call and waits: the desk may write that down for the unit. So it
    may for a unit in which nobody has an account, which can only say it by telephone.
    """
    if by.actor_kind in ("clock", "command"):
        return {"clock"}
    if by.actor_kind != "staff":
        return set()
    standings = set()
    for post in posts_of(by, at):
        if post.may("handle") and post.unit_id == call.unit_id:
            standings.add("unit")
        if post.may("whistle") and post.covers(call.whistle.grid_path):
            standings.add("street")
            if post.may("decide_hard_cases"):
                standings.add("head")
    if "street" in standings and "unit" not in standings:
        came = answer is not None and answer.link.call_id == call.pk and answer.decided_at is None
        if came or not has_account(call.unit_id, at):
            standings.add("proxy")
    return standings


def has_account(unit, at) -> bool:
    """Say whether anybody in a unit (its id) can log in and answer for it now."""
    return unit in units_with_account([unit], at)


def units_with_account(units, at) -> set[UUID]:
    """Return those of these ids of units in which somebody can log in and answer now, in one statement."""
    return set(units_answering(local_day(at), units))


@keep_statement
def units_answering(day, units) -> QuerySet:
    held = Post.objects.held_on(day).filter(unit__in=units, role__in=having("handle"))
    return held.filter(user__is_active=True).values_list("unit_id", flat=True)
