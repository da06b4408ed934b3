"""What a sheet shows, cut to the reach of one reader: rows of the one ledger, counts of them, or figures of assessment.

Rows and counts are matters of the public alone, each of which stands in the open ledger: told exactly, they tell nothing
new, whatever is subtracted from what. Figures also know what reporters answered: where a sheet leaves the house they are
told by `told_outside.py`. A grid team whose figures are a person's is told to whom `assessment/readers.py` says, and
otherwise only together with others.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q, QuerySet

from yige.cases.models import Case
from yige.cases.words import BEFORE_HANDLED, OPEN, State
from yige.report_centre import group_lines, row_lines
from yige.report_centre.columns import COLUMN_BY_NAME, GROUPING_BY_NAME

NOT_CLOSED = Q(state__in=(*BEFORE_HANDLED, State.HANDLED))


class View(NamedTuple):
    """What is to be shown; `outside` says that it leaves the house."""

    columns: tuple
    grouping: str
    filters: dict
    outside: bool


def view_of(sheet) -> View:
    return View(tuple(sheet.columns), sheet.grouping, sheet.filters, sheet.request.leaves_the_house)


def headings(view) -> list[str]:
    named = [COLUMN_BY_NAME[name].label for name in view.columns]
    return [GROUPING_BY_NAME[view.grouping].heading, *named] if view.grouping else named


def matters(view, user, at, period) -> QuerySet:
    """Return the rows of the ledger that a view shows or counts, in the reader's reach, the oldest first."""
    asked = view.filters
    moment = asked.get("moment") or "reported_at"
    rows = Case.objects.visible_to(user, at).public()
    rows = rows.filter(**{f"{moment}__gte": period.begin, f"{moment}__lt": period.end})
    rows = rows.filter(condition_of(asked.get("condition", ""), at))
    fields = {"category": "category__parent__slug", "channel": "channel", "urgency": "urgency"}
    chosen = {field: asked[name] for name, field in fields.items() if asked.get(name)}
    return rows.filter(**chosen).order_by("serial")


def condition_of(name, at) -> Q:
    return {
        "open": NOT_CLOSED,
        "late": Q(state__in=OPEN, next_mark_at__lt=at),
        "closed": Q(closed_at__isnull=False) & ~NOT_CLOSED,
    }.get(name, Q())


def lines(view, user, at, period) -> Iterator[list]:
    """Yield the cells of each line, rows from the database as they come."""
    rows = matters(view, user, at, period)
    if view.grouping:
        yield from group_lines.lines(view, rows, user, at, period)
    else:
        yield from row_lines.lines(view, rows, at)


def told_groups(view, user, at, period) -> Iterator[tuple[list, list]]:
    """Yield (keys, cells) of each line of a grouped view."""
    return group_lines.told_groups(view, matters(view, user, at, period), user, at, period)


def counted_rows(view, user, at, period, keys, name) -> QuerySet:
    """Return the rows behind one count of a grouped view, in the reader's reach, the oldest first."""
    return group_lines.counted_rows(view, matters(view, user, at, period), at, keys, name)


def length(view, user, at, period) -> int:
    """Return how many rows of the ledger there are to be written; groups are few and are not counted."""
    return 0 if view.grouping else matters(view, user, at, period).count()
