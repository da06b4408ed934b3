"""Promises as heads see them: by unit and day; the words only for those who may open the file, and never a person."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from yige.accounts.models import Unit
from yige.contact.heads import below_own_places
from yige.contact.models import Promise
from yige.contact.reach import reach_of
from yige.grids.models import Grid
from yige.lib.local_time import local_day

DUE_SOON = timedelta(days=7)


class PromiseRow(NamedTuple):
    """A promise as a head reads it; `words` and `household` only where the reader may open the file."""

    unit: Unit
    place: str
    due_on: date
    late: int
    words: str
    household: object
    case: object


def promises_below(user, at, *, soon=False) -> QuerySet:
    """Return the promises below somebody's places that passed their day, or come due within a week, oldest first."""
    today = local_day(at)
    rows = Promise.objects.open().filter(below_own_places(user, at))
    if soon:
        rows = rows.filter(due_on__gte=today, due_on__lte=today + DUE_SOON)
    else:
        rows = rows.filter(due_on__lt=today)
    return rows.select_related("unit", "need__case").order_by("due_on", "id")


def promise_rows(page, user, at) -> list:
    """Return a page of promises as their reader may see them."""
    today, ids = local_day(at), [row.pk for row in page]
    open_to = set(Promise.objects.visible_to(user, at).filter(pk__in=ids).values_list("pk", flat=True))
    reach = reach_of(user, at)
    places = {row.pk: reach.shown(row.grid_path) for row in page}
    names = dict(Grid.objects.filter(path__in=set(places.values())).values_list("path", "name"))
    return [
        PromiseRow(
            row.unit, names.get(places[row.pk], ""), row.due_on, max((today - row.due_on).days, 0),
            row.words if row.pk in open_to else "", row.household_id if row.pk in open_to else None,
            row.need.case if row.need_id else None,
        )
        for row in page
    ]  # fmt: skip
