"""What the administration pages ask about accounts, posts and units, read-only."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from yige.accounts import duties, roles
from yige.accounts.models import Post, Unit, User
from yige.grids.models import Grid
from yige.lib.local_time import local_day

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def users_below(paths, at) -> QuerySet:
    """Return the accounts that belong to these places; one that never had a post belongs to where it was made."""
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    posts = Post.objects.filter(user=OuterRef("pk"))
    standing = posts.exclude(until__lte=local_day(at))
    fresh = Q(made_in="")
    for path in paths:
        fresh |= Q(made_in__startswith=path)
    return User.objects.filter(
        Exists(standing.filter(below))
        | (~Exists(standing) & Exists(posts.filter(below)))
        | (~Exists(posts) & fresh)
    )


def users(paths, *, at, words="", role="", unit="", state="") -> QuerySet:
    """Return the accounts of these places with their current posts and whether a second factor is set, filtered."""
    held = Post.objects.held_on(local_day(at)).select_related("unit")
    found = (
        users_below(paths, at)
        .annotate(
            has_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)),
            has_post=Exists(held.filter(user=OuterRef("pk"))),
        )
        .prefetch_related(Prefetch("posts", held, to_attr="held"))
    )
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words))
    if role:
        found = found.filter(Exists(held.filter(user=OuterRef("pk"), role=role)))
    if unit:
        found = found.filter(Exists(held.filter(user=OuterRef("pk"), unit__slug=unit)))
    return _in_state(found, state).order_by("username")


def _in_state(found, state):
    if state == "closed":
        return found.filter(is_active=False)
    if state == "idle":
        return found.filter(is_active=True, has_post=False)
    if state == "bare":
        return found.filter(is_active=True, has_factor=False)
    return found.filter(is_active=True) if state == "active" else found


def posts_of(user) -> QuerySet:
    """Return all posts of a user, the youngest first."""
    return user.posts.select_related("unit").order_by("-since", "role")


def place_names(paths) -> dict[str, str]:
    """Return the names of the grids with these paths, in use or not, by path."""
    named = Grid.objects.filter(path__in=paths).order_by(F("valid_until").asc(nulls_first=True))
    return dict(reversed(named.values_list("path", "name")))


def units_below(paths) -> QuerySet:
    """Return the offices of these places, and those without an area."""
    below = Q(path="")
    for path in paths:
        below |= Q(path__startswith=path)
    return Unit.objects.filter(below)


def units(paths, *, at, words="", kind="") -> QuerySet:
    """Return the offices of these places with the number of people who hold a post there now."""
    day = local_day(at)
    now = Q(posts__since__lte=day) & (Q(posts__until=None) | Q(posts__until__gt=day))
    found = units_below(paths).annotate(people=Count("posts__user", filter=now, distinct=True))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(slug__icontains=words))
    return found.filter(kind=kind) if kind else found


def heads(path, at) -> list[Post]:
    """Return the current posts of those who head exactly this grid, with their people."""
    role = roles.GRID_HEADS.get(len(path.strip("/").split("/")), "")
    held = Post.objects.held_on(local_day(at)).filter(path=path, role=role, user__is_active=True)
    return list(held.select_related("user", "unit").order_by("since", "user__username"))


def heads_of(paths, at) -> dict[str, list[str]]:
    """Return for each of these paths the names of its heads, in one query."""
    named = roles.GRID_HEADS.values()
    held = Post.objects.held_on(local_day(at)).filter(path__in=paths, role__in=named, user__is_active=True)
    found = {}
    for post in held.select_related("user").order_by("since", "user__username"):
        if post.rule.level == len(post.path.strip("/").split("/")):
            found.setdefault(post.path, []).append(post.user.name)
    return found


def sessions_of(user) -> list:
    """Return the log-ins of a user that still stand, the one seen last first; dead ones are tidied away."""
    alive = UserSession.objects.purge_and_list(user)
    return sorted(alive, key=lambda session: session.last_seen_at, reverse=True)


def factors_of(user) -> list:
    """Return the names of the second factors a user has set."""
    return list(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))


def needs_factor(user, at) -> bool:
    """Say whether one of the user's current posts asks for a second factor."""
    return any(post.rule.mfa for post in user.posts_at(at))


ROLES_BY_GROUP = (
    ("街道和社区", [role for role in roles.ROLES if role.level in (1, 2)]),
    ("网格", [role for role in roles.ROLES if role.level in (3, 4)]),
    ("部门与热线", [role for role in roles.ROLES if not role.level and not role.admin]),
    (
        "三个管理员（互相分开，不能兼任）",
        [role for role in roles.ROLES if role.name in duties.ADMINISTRATIONS],
    ),
)
