"""What heads see of contact: promises by unit and day, and how far visits reach, by grid; never a person, never a small cell."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q

from yige.accounts.models import Unit
from yige.accounts.scope import NOTHING, posts_with
from yige.archive.models import Household
from yige.contact.models import Promise
from yige.grids.models import Grid
from yige.lib import suppression
from yige.lib.moments import local_day

LONG = timedelta(days=75)
SOON = timedelta(days=7)


class Row(NamedTuple):
    """A promise as a head reads it; `words` and `household` only where the reader may open the file."""

    unit: Unit
    place: str
    due_on: date
    late: int
    words: str
    household: object
    case: object


class Reached(NamedTuple):
    name: str
    households: suppression.Told
    met: suppression.Told
    long: suppression.Told
    declined: suppression.Told


def headed(user, at, field="grid_path"):
    """Return the condition on what lies below the places that somebody heads."""
    reach = NOTHING
    for post in posts_with(user, at, "see_coverage"):
        reach |= Q(**{f"{field}__startswith": post.path})
    return reach


def promises(user, at, *, soon=False):
    """Return the promises below somebody's places that passed their day, or come due within a week, oldest first."""
    today = local_day(at)
    rows = Promise.objects.open().filter(headed(user, at))
    rows = rows.filter(due_on__gte=today, due_on__lte=today + SOON) if soon else rows.filter(due_on__lt=today)
    return rows.select_related("unit", "need__case").order_by("due_on", "id")


def broken_count(user, at):
    """Return how many promises below somebody's places passed their day."""
    return promises(user, at).count()


def rows(page, user, at):
    """Return a page of promises as their reader may see them."""
    today = local_day(at)
    open_to = set(
        Promise.objects.visible_to(user, at)
        .filter(pk__in=[row.pk for row in page])
        .values_list("pk", flat=True)
    )
    names = dict(Grid.objects.filter(path__in={row.grid_path for row in page}).values_list("path", "name"))
    return [
        Row(
            row.unit, names.get(row.grid_path, ""), row.due_on, max((today - row.due_on).days, 0),
            row.words if row.pk in open_to else "", row.household_id if row.pk in open_to else None,
            row.need.case if row.need_id else None,
        )
        for row in page
    ]  # fmt: skip


def coverage(user, at):
    """Return for each grid with households how many were met lately; who wants no visits is not counted as not met."""
    today, since = local_day(at), at - LONG
    declined = Q(declines_until__gte=today)
    met = Q(met_at__gte=since) & ~Q(declines_until__gte=today, declines_until__isnull=False)
    found = Household.objects.current().filter(headed(user, at)).values("grid_path", "grid__name")
    found = found.annotate(
        all=Count("pk"), declined=Count("pk", filter=declined), met=Count("pk", filter=met)
    )
    return [_reached(row) for row in found.order_by("grid_path")]


def _reached(row):
    cells = (row["met"], row["all"] - row["met"] - row["declined"], row["declined"])
    return Reached(row["grid__name"], suppression.total(cells), *map(suppression.cell, cells))
