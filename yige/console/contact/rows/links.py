"""What the page of links shows: areas to who gives or links, households to who also opens files; read-only."""

from django.db.models import Q

from yige.accounts.models import Post, User
from yige.accounts.scope import posts_with
from yige.archive.models import Link
from yige.grids.models import Grid
from yige.lib.local_time import local_day

SEE_LINKS = ("give_areas", "link_households")


def link_row(user, link, at):
    """Return a link, its household where the user may open the file, and whether he or she may end the link."""
    door = link.household if link.household_id and opens_file(user, link.household, at) else None
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
    return bool(posts_with(user, at, "give_areas", link.path))


def sees_households(user, at):
    """Say whether somebody is shown links of households: who gives areas alone sees areas alone."""
    return any(post.may("open_files") for post in _posts(user, at, *SEE_LINKS))


def current_links(user, at):
    """Return the links that hold now below the user's posts, by place; those of households to who opens files."""
    reach = Q(pk__in=[])
    for post in _posts(user, at, *SEE_LINKS):
        reach |= Q(path__startswith=post.path, household=None)
        if post.may("open_files"):
            reach |= Q(household__grid_path__startswith=post.path)
    rows = Link.objects.held_on(local_day(at)).filter(reach)
    rows = rows.select_related("user", "household__home__building", "household__grid")
    return rows.order_by("kind", "path", "household__grid_path", "user__name", "id")


def place_choices(user, at, *capabilities):
    """Return [(path, name)] of the grids below the posts that may do one of these things, a level further in each."""
    rows = Grid.objects.public().filter(_below(user, at, *capabilities)).order_by("path")
    return [(row.path, "\u3000" * (row.level - 1) + row.name) for row in rows.only("path", "level", "name")]


def users_to_link(user, at, capability, roles):
    """Return who may be linked: those who hold one of these roles below the posts that may link them."""
    held = Post.objects.held_on(local_day(at)).filter(_below(user, at, capability), role__in=roles)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name")


def _below(user, at, *capabilities):
    reach = Q(pk__in=[])
    for post in _posts(user, at, *capabilities):
        reach |= Q(path__startswith=post.path)
    return reach


def _posts(user, at, *capabilities):
    return [post for name in capabilities for post in posts_with(user, at, name)]
