"""How far visits reach, by grid, as heads see it: never a person, never a small cell."""

from typing import NamedTuple

from django.db.models import Count, Q

from yige.archive.models import Household
from yige.contact.heads import below_own_places
from yige.contact.plans import LONG_WITHOUT_VISIT
from yige.lib import small_numbers
from yige.lib.local_time import local_day


class GridCoverage(NamedTuple):
    name: str
    households: small_numbers.CountRange
    met: small_numbers.CountRange
    long: small_numbers.CountRange
    declined: small_numbers.CountRange


def coverage_by_grid(user, at) -> list[GridCoverage]:
    """Return for each grid with households how many were met lately; who wants no visits is not counted as not met."""
    today, since = local_day(at), at - LONG_WITHOUT_VISIT
    declined = Q(declines_until__gte=today)
    met = Q(met_at__gte=since) & ~Q(declines_until__gte=today, declines_until__isnull=False)
    rows = Household.objects.current().filter(below_own_places(user, at)).values("grid_path", "grid__name")
    rows = rows.annotate(all=Count("pk"), declined=Count("pk", filter=declined), met=Count("pk", filter=met))
    return [_grid_coverage(row) for row in rows.order_by("grid_path")]


def _grid_coverage(row):
    cells = (row["met"], row["all"] - row["met"] - row["declined"], row["declined"])
    return GridCoverage(row["grid__name"], small_numbers.total(cells), *map(small_numbers.cell, cells))
