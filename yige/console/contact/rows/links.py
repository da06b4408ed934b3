"""Links as their page shows them: those below one's own posts, and what the one who asks may do with each."""

from django.db.models import Q

from yige.accounts.models import Post, User
from yige.archive.models import Link
from yige.grids.models import Grid
from yige.lib.local_time import local_day
from yige.steps.s1_approach import linking

LINKERS = ("community_head", "grid_head", "registrar")


def link_row(user, link, at):
    """Return a link with its grid's name, the door where the user may open the file, and whether he or she may end it."""
    door = None
    if link.household_id and opens_file(user, link.household, at):
        door = link.household
    return link, door, may_end_link(user, link, at)


def opens_file(user, household, at):
    return any(
        post.rule.files in ("area", "keeper") and post.covers(household.grid_path)
        for post in user.posts_at(at)
    )


def may_end_link(user, link, at):
    if link.user_id == user.pk:
        return True
    if link.household_id:
        return opens_file(user, link.household, at)
    return any(post.role in linking.GIVERS and post.covers(link.path) for post in user.posts_at(at))


def areas_with_links(user, at):
    return [post.path for post in user.posts_at(at) if post.role in LINKERS]


def current_links(user, at):
    """Return the links that hold now below the user's posts, by place."""
    reach = Q(pk__in=[])
    for path in areas_with_links(user, at):
        reach |= Q(path__startswith=path) | Q(household__grid_path__startswith=path)
    rows = Link.objects.held_on(local_day(at)).filter(reach)
    rows = rows.select_related("user", "household__home__building", "household__grid")
    return rows.order_by("kind", "path", "household__grid_path", "user__name", "id")


def grids_below(user, at):
    reach = Q(pk__in=[])
    for path in areas_with_links(user, at):
        reach |= Q(path__startswith=path)
    rows = Grid.objects.public().filter(reach).order_by("path").values_list("path", "level", "name")
    return [(path, "\u3000" * (level - 1) + name) for path, level, name in rows]


def users_to_link(user, at, roles):
    """Return who may be linked: those who hold one of these posts below the user's own."""
    reach = Q(pk__in=[])
    for path in areas_with_links(user, at):
        reach |= Q(path__startswith=path)
    held = Post.objects.held_on(local_day(at)).filter(reach, role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")
