"""What others ask of the duty list: whose is it today; and what a row would have done with the cases of three months."""

from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count

from yige.cases.models import Case
from yige.duty_list.duty_rules import row_that_holds
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind

DRY_RUN_DAYS = 90
MOST_SHOWN = 30


class DryRun(NamedTuple):
    """What a row would have changed: how many cases, with which unit each went, and the newest of them."""

    count: int
    same: int
    by_unit: list
    cases: list


def rows_holding(category, day) -> list[DutyRow]:
    """Return the rows of a category that hold on a day, those of a kind of place before that of any."""
    rows = DutyRow.objects.holding(day).filter(category=category).select_related("lead")
    return sorted(rows, key=lambda row: row.place_kind == PlaceKind.ANY)


def row_for(category, place_kind, day) -> DutyRow | None:
    """Return the row that says whose it is, in a category and kind of place, on a day."""
    return row_that_holds(rows_holding(category, day), place_kind, day)


def dry_run(row, user, at) -> DryRun:
    """Return what this row would have done with the cases of the last three months that this person sees.

    Cases say no kind of place, so all of the category are looked at; three statements, nothing is written.
    """
    cases = Case.objects.visible_to(user, at).filter(
        category=row.category_id, reported_at__gte=at - timedelta(days=DRY_RUN_DAYS), first_unit__isnull=False
    )
    counts = cases.order_by().values("first_unit", "first_unit__name").annotate(count=Count("pk"))
    by_unit = sorted(
        ((one["first_unit__name"], one["count"], one["first_unit"]) for one in counts),
        key=lambda one: -one[1],
    )
    same = sum(count for _, count, pk in by_unit if pk == row.lead_id)
    changed = (
        cases.exclude(first_unit=row.lead_id).select_related("first_unit").order_by("-serial")[:MOST_SHOWN]
    )
    return DryRun(
        sum(count for _, count, _ in by_unit),
        same,
        [(name, count) for name, count, _ in by_unit],
        list(changed),
    )
