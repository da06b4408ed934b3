"""The dry run: with which unit the cases of three months would have begun, had a change of the list been in force.

Nothing is written. Cases say no kind of place: where the list names several units by the kind of place, a case that
went to one of them went where it belongs.
"""

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from yige.accounts.models import Unit
from yige.cases.models import Case
from yige.duty_list.duty_rules import rows_after
from yige.duty_list.models import DutyRow
from yige.lib.local_time import local_day

DAYS = 90
MOST_SHOWN = 30
NO_ROW = "清单上没有，由派单的人定"


class Handover(NamedTuple):
    """So many cases of a category that went to one unit and would have gone to another; `returned` were handed back."""

    category: str
    now: str
    then: str
    count: int
    returned: int


class DryRun(NamedTuple):
    """`checked` cases were looked at, `same` of them went where they would have gone; the newest `cases` of the rest."""

    checked: int
    same: int
    handovers: list[Handover]
    cases: list[Case]

    @property
    def moved(self) -> int:
        return self.checked - self.same


def dry_run(user, at, *, added=(), ended=()) -> DryRun:
    """Return what a change would have done with the cases that this person sees, in five statements at most.

    `added` are rows that would hold (saved or not), `ended` rows that would not any more.
    """
    categories = {row.category_id: row.category for row in (*added, *ended)}
    after = list_after(categories, local_day(at), added, ended)
    since = at - timedelta(days=DAYS)
    cases = Case.objects.visible_to(user, at).filter(
        category__in=after, reported_at__gte=since, first_unit__isnull=False
    )
    groups = cases.order_by().values("category_id", "first_unit_id")
    groups = list(groups.annotate(count=Count("pk"), returned=Count("pk", filter=Q(return_count__gt=0))))
    moved = [group for group in groups if group["first_unit_id"] not in leads_of(after[group["category_id"]])]
    checked = sum(group["count"] for group in groups)
    return DryRun(
        checked=checked,
        same=checked - sum(group["count"] for group in moved),
        handovers=handovers_of(moved, categories, after),
        cases=newest(cases, after) if moved else [],
    )


def list_after(categories, day, added, ended) -> dict[UUID, list[DutyRow]]:
    """Return the rows of each category as they would stand; a category in which nothing changes is left out."""
    before = {pk: [] for pk in categories}
    for row in DutyRow.objects.holding(day).filter(category__in=categories).select_related("lead"):
        before[row.category_id].append(row)
    after = {
        pk: rows_after(rows, [row for row in added if row.category_id == pk], ended)
        for pk, rows in before.items()
    }
    return {pk: rows for pk, rows in after.items() if rows != before[pk]}


def leads_of(rows) -> set[UUID]:
    return {row.lead_id for row in rows}


def handovers_of(groups, categories, after) -> list[Handover]:
    """Return what would have gone from which unit to which, the most first."""
    names = dict(
        Unit.objects.filter(pk__in={group["first_unit_id"] for group in groups}).values_list("pk", "name")
    )
    found = [
        Handover(
            str(categories[group["category_id"]]), names[group["first_unit_id"]],
            lead_words(after[group["category_id"]]), group["count"], group["returned"],
        )
        for group in groups
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.count, one.category, one.now))


def lead_words(rows) -> str:
    """Return whose it is by the list: one unit, or which in what kind of place."""
    if len(leads_of(rows)) == 1:
        return rows[0].lead.name
    return "；".join(f"{row.get_place_kind_display()}归{row.lead.name}" for row in rows) or NO_ROW


def newest(cases, after) -> list[Case]:
    """Return the newest of the cases that would have gone elsewhere."""
    elsewhere = Q(pk__in=[])
    for category, rows in after.items():
        elsewhere |= Q(category=category) & ~Q(first_unit__in=leads_of(rows))
    return list(
        cases.filter(elsewhere).select_related("first_unit", "category").order_by("-serial")[:MOST_SHOWN]
    )
