"""How somebody stands towards a case: the set of standings that the workflow table asks for."""

from yige.archive.models import Household
from yige.cases import levels
from yige.cases.models import Case, Entry
from yige.cases.words import State
from yige.cases.workflow import INVOLVING, OUTSIDE

# What has come to an end may be spoken about with everybody who calls back; before, with whoever took it down.
SPOKEN_ABOUT = (State.CLOSED, State.CLEARED, State.REJECTED, State.MERGED, State.WITHDRAWN)


def standings(by, case, at) -> set[str]:
    """Return the standings of an actor towards a case at a moment, from posts read now."""
    if by.actor_kind == "reporter":
        return standings_of_link(by.case_id, case)
    if by.actor_kind in ("clock", "command"):
        return {"clock"}
    if by.actor_kind != "staff" or not by.is_active:
        return set()
    found = set()
    for post in by.posts_at(at):
        found |= standings_of_post(post, by, case)
    if case.household_id and Household.objects.visited_by(by, at).filter(pk=case.household_id).exists():
        found.add("visitor")
    return found - OUTSIDE if found & OUTSIDE and is_involved(by, case) else found


def standings_of_link(pk, case) -> set[str]:
    """Return how whoever holds the link of the case with this id stands: it is his or hers, or leads it."""
    if pk == case.pk:
        return {"reporter"}
    while pk := Case.objects.filter(pk=pk).values_list("merged_into", flat=True).first():
        if pk == case.pk:
            return {"fellow"}
    return set()


def standings_of_post(post, by, case) -> set[str]:
    """Return the standings that one post gives towards a case; a post without cases gives none."""
    if post.rule.sees == "none":
        return set()
    found = set()
    if post.may("lead_cases") and post.covers(case.grid_path):
        found.add(post.role)
    if post.may("lead_district") and post.covers(case.grid_path) and case.tier in levels.ABOVE_STREET:
        found.add(post.role)
    if case.unit_id == post.unit_id and case.handler_id is None and handles_cases(post):
        found.add("unit")
    if case.handler_id == by.pk:
        found.add("handler")
    took_in = case.reported_by_id == by.pk
    if took_in:
        found.add("intake")
    calls_back = post.may("call_back") and post.covers(case.grid_path) and case.state in SPOKEN_ABOUT
    if took_in or calls_back:
        found.add("hearer")
    return found


def is_involved(by, case) -> bool:
    """Say whether somebody handled, dispatched or checked the case in this round, or the one that leads it."""
    if by.pk == case.handler_id:
        return True
    if Entry.objects.filter(case=case, by_id=by.pk, verb__in=INVOLVING, at__gte=case.clock_from).exists():
        return True
    leader = Case.objects.filter(pk=case.leader_id).first() if case.leader_id else None
    return leader is not None and is_involved(by, leader)


def handles_cases(post) -> bool:
    """Say whether this post handles cases (the event desk and the level-1 head do not)."""
    return post.may("handle")
