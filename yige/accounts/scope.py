"""The only place that knows whose grid it is: every query on a surface starts here or with `.public()`."""

from typing import NamedTuple, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from yige.accounts.models import Post
from yige.lib.local_time import local_day

NOTHING = Q(pk__in=[])


class Seat(NamedTuple):
    """What of a post decides which cases its holder sees."""

    sees: str
    path: str
    unit_id: UUID


class StrictQuerySet(models.QuerySet):
    """A QuerySet whose rows raise where a page asks them for what it did not fetch."""

    def strict(self) -> Self:
        """Where we can still mend it, a page that loads a row it did not ask for raises."""
        return self.fetch_mode(models.FETCH_RAISE) if settings.YIGE_FETCH_RAISE else self


class CaseScope(StrictQuerySet):
    """A QuerySet of rows with `grid_path`, `unit`, `handler` and `reported_by`, cut to a person's reach."""

    def visible_to(self, user, at=None) -> Self:
        """Keep what the user's posts of this moment let him or her see; a stranger sees nothing."""
        return self.seen_from(seats_of(user, at or timezone.now()), user.pk)

    def seen_from(self, seats, user) -> Self:
        """The same by what decides it: a statement that is kept for all who sit alike is composed from this."""
        reach = NOTHING
        for seat in seats:
            reach |= reach_of(seat, user)
        return self.none() if reach == NOTHING else self.filter(reach).strict()


class FileScope(StrictQuerySet):
    """A QuerySet of what belongs to people's files, with `grid_path`, cut to the files that a person may open."""

    def visible_to(self, user, at=None) -> Self:
        """Keep the files that the user's posts of this moment let him or her open; heads and offices see none."""
        at = at or timezone.now()
        reach = files_reach(user, at, ("area", "keeper"))
        if any(post.rule.files == "links" for post in posts_of(user, at)):
            reach |= self.linked_to(user, local_day(at))
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def kept_by(self, user, at=None) -> Self:
        """Keep the files that the user keeps right: those of a registrar's area."""
        reach = files_reach(user, at or timezone.now(), ("keeper",))
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def linked_to(self, user, day) -> Q:
        """Return the condition on rows whose household is linked to this user, by name or by its area."""
        raise NotImplementedError


class AreaScope(StrictQuerySet):
    """A QuerySet of public things of a place (facilities, firms, spots to look at), with `grid_path`."""

    def visible_to(self, user, at=None) -> Self:
        """Keep what lies below the user's posts on the tree; offices beside it see nothing here."""
        reach = self.reach(user, at or timezone.now())
        return self.none() if reach == NOTHING else self.filter(reach).strict()

    def reach(self, user, at) -> Q:
        reach = NOTHING
        for post in posts_of(user, at):
            if post.rule.level and post.rule.files != "keeper":
                reach |= Q(grid_path__startswith=post.path)
        return reach


class PlaceScope(AreaScope):
    """The same for buildings, homes, things and organisations, which registrars keep right with the files."""

    def reach(self, user, at) -> Q:
        return super().reach(user, at) | files_reach(user, at, ("keeper",))


def posts_of(user, at) -> list[Post]:
    """Return the posts held at this moment; a closed account holds none, nor does who has no account."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    return user.posts_at(at)


def seats_of(user, at) -> tuple[Seat]:
    """Return the seats that the posts of this moment give, each once."""
    return tuple(dict.fromkeys(Seat(post.rule.sees, post.path, post.unit_id) for post in posts_of(user, at)))


def posts_with(by, at, capability, over="") -> list[Post]:
    """Return the posts from which somebody may do this now, over a place where one is named."""
    return [post for post in posts_of(by, at) if post.may(capability) and post.covers(over or post.path)]


def keeper_paths(by, at) -> tuple[str]:
    """Return the paths of the areas whose files somebody keeps at this moment, as a registrar."""
    return tuple(post.path for post in by.posts_at(at) if post.rule.files == "keeper")


def files_reach(user, at, ways) -> Q:
    """Return the condition that the posts with these ways to files add to a person's reach."""
    reach = NOTHING
    for post in posts_of(user, at):
        if post.rule.files in ways:
            reach |= Q(grid_path__startswith=post.path)
    return reach


def reach_of(seat, user) -> Q:
    """Return the condition that one seat adds to its holder's reach; `user` is the holder or the holder's id."""
    sees = seat.sees
    if sees == "none":
        return NOTHING
    if sees == "area":
        return Q(grid_path__startswith=seat.path) | mine(user)
    if sees == "unit":
        return Q(unit_id=seat.unit_id)
    if sees == "intake":
        to_call = Q(state="closed") | Q(state="merged", leader__closed_at__isnull=False)
        return Q(reported_by=user) | Q(to_call, grid_path__startswith=seat.path)
    if sees == "raised":
        return Q(grid_path__startswith=seat.path, tier__in=("district", "city"))
    return mine(user) | Q(unit_id=seat.unit_id, handler=None, state__in=("dispatched", "signed", "handling"))


def mine(user) -> Q:
    return Q(handler=user) | Q(reported_by=user)
