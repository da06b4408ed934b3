"""How somebody stands towards a household's file: the ways that every verb and page asks for."""

from yige.accounts.scope import posts_with
from yige.archive.models import Household
from yige.archive.models.people import linked_households
from yige.lib.local_time import local_day
from yige.lib.refusals import NotAllowed

NOT_YOUR_HOUSEHOLD = "这一户不在您的片区，也不是您的联系户，不能看也不能改它的档案。"
NOT_A_KEEPER = "这件事由档案管理员来办。"


def ways(by, household, at) -> set[str]:
    """Return the ways an actor stands towards a file: area, links, keeper, self; the command line keeps everything."""
    if by.actor_kind == "command":
        return {"area", "keeper"}
    if by.actor_kind == "resident":
        return {"self"} if household.pk == by.household_id else set()
    if by.actor_kind != "staff" or not by.is_active:
        return set()
    posts = by.posts_at(at)
    found = {
        post.rule.files
        for post in posts
        if post.rule.files in ("area", "keeper") and post.covers(household.grid_path)
    }
    if any(post.rule.files == "links" for post in posts):
        linked = Household.objects.filter(linked_households(by, local_day(at)), pk=household.pk)
        found |= {"links"} if linked.exists() else set()
    return found


def check_writes(by, household, at) -> None:
    """Refuse whoever may not write in this file: those of its area and its keepers may."""
    if not ways(by, household, at) & {"area", "keeper"}:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)


def check_visits(by, household, at) -> None:
    """Refuse whoever does not visit this household: those of its area and those linked to it do."""
    if not ways(by, household, at) & {"area", "links"}:
        raise NotAllowed(NOT_YOUR_HOUSEHOLD)


def keeps(by, path, at) -> bool:
    """Say whether an actor keeps the files below this path right."""
    if by.actor_kind == "command":
        return True
    return bool(posts_with(by, at, "keep_files", path))


def check_keeps(by, path, at) -> None:
    if not keeps(by, path, at):
        raise NotAllowed(NOT_A_KEEPER)
