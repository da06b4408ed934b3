"""The sheets of the months that somebody reads, and the one of a month."""

from django.db.models import Q, QuerySet

from yige.accounts.scope import posts_of
from yige.month_sheets.models import MonthSheet


def sheets_to_read(user, at) -> QuerySet:
    """Return the sheets of the streets that one of somebody's posts lies in or over: which units he reads is asked there."""
    mine = Q(pk=None)
    for post in posts_of(user, at):
        if post.may("see_assessment"):
            mine |= Q(path__startswith=post.path) | Q(path__in=above(post.path))
    return MonthSheet.objects.filter(mine)


def sheets_beside(user, at, period) -> QuerySet:
    """Return the sheets of the months of a period, which its live figures stand beside, the newest first."""
    return sheets_to_read(user, at).filter(first__gte=period.first, first__lt=period.after)


def above(path) -> list[str]:
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
