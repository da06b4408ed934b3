"""How many cases of each class came in within the last seven days, today among them, and in each of the weeks before."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncDate

from yige.lib.local_time import SHANGHAI, local_day, start_of_day, start_of_next_day

WEEKS = 12  # before this one, as many as limits of chance need


class ClassWeeks(NamedTuple):
    """One class: the weeks before, the oldest first (None where nothing at all had come in yet), and this one."""

    slug: str
    label: str
    before: tuple[int | None, ...]
    now: int


def first_day(at) -> date:
    """Return the first day of the seven that end today."""
    return local_day(at) - timedelta(days=6)


def weeks_of_classes(cases, at) -> list[ClassWeeks]:
    """Return the weeks of the classes in which anything came in, by name: one statement.

    Seven days end today, however the week lies, so that a Monday is not compared with whole weeks; of today only what
    has come in so far counts, so that it can be told too few and never too many.
    """
    today, begin = local_day(at), first_day(at) - timedelta(weeks=WEEKS)
    rows = cases.filter(
        reported_at__gte=start_of_day(begin), reported_at__lt=start_of_next_day(today)
    ).order_by()
    rows = rows.values_list(
        "category__parent__slug", "category__parent__label", TruncDate("reported_at", tzinfo=SHANGHAI)
    )
    found = {}
    for slug, label, day, count in rows.annotate(count=Count("pk")):
        weeks = found.setdefault((slug, label), [0] * (WEEKS + 1))
        weeks[(day - begin).days // 7] += count
    began = next((place for place, counts in enumerate(zip(*found.values(), strict=True)) if any(counts)), 0)
    return [
        ClassWeeks(slug, label, (*[None] * began, *weeks[began:WEEKS]), weeks[WEEKS])
        for (slug, label), weeks in sorted(found.items(), key=lambda pair: pair[0][1] or "")
        if slug
    ]
