"""The counts of closings by day, kept so that a year need not be counted anew; always equal to counting the rows.

Whatever changes what a closing says writes its day into `cases.ChangedDay` in the same transaction (`cases/closings.py`).
A day without such a line is read from here, one with a line is counted by its rows, until the clock has counted it
again. What the indicators ask is part of what was counted: by other definitions nothing is read from here.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from django.db import connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from yige.assessment import bases, closing_facts
from yige.assessment.aggregates import asked_of
from yige.assessment.models import ClosingFact, CountedWith, DayCount
from yige.assessment.periods import Period
from yige.cases.models import ChangedDay, Closing
from yige.lib.local_time import SHANGHAI, local_day, start_of_day

KEYS = ("day", "unit_id", "grid_path", "tier", "category_id", "channel")
LOCK = "SELECT pg_advisory_xact_lock(hashtext('assessment.roll_up'))"


def roll_up(at) -> Counter:
    """Count again the days that changed, the newest first, each in a transaction of its own; called by the clock.

    Whatever ends it loses nothing: a day that was counted is counted, the others stay marked and are counted next time.
    """
    begin_anew(at)
    days = ChangedDay.objects.order_by("-day").values_list("day", flat=True).distinct()
    return Counter(days=sum(count_day(day) for day in list(days)))


def begin_anew(at) -> None:
    """Where the definitions changed, note those of today and mark every day there is anything of, kept or closed."""
    if CountedWith.objects.filter(pk=definition()).exists():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        if CountedWith.objects.filter(pk=definition()).exists():
            return  # somebody else did meanwhile
        CountedWith.objects.all().delete()
        CountedWith.objects.create(definition=definition(), at=at)
        ChangedDay.objects.bulk_create([ChangedDay(day=day) for day in every_day()])


def every_day() -> list[date]:
    """Return all days from the first one to the last of what is kept and of what was closed."""
    ends = Closing.objects.aggregate(first=Min("at"), last=Max("at"))
    kept = DayCount.objects.aggregate(first=Min("day"), last=Max("day"))
    found = [local_day(at) for at in ends.values() if at] + [day for day in kept.values() if day]
    if not found:
        return []
    first, last = min(found), max(found)
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def count_day(day) -> bool:
    """Replace the counts of a day by those of its rows and take its marks; say whether it still had any.

    The marks are taken before the count, which so sees all they stand for; one that is written since remains.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK)
        marked, _ = ChangedDay.objects.filter(day=day).delete()
        if marked:
            count_anew(cursor, Period(day, day + timedelta(1)))
    return bool(marked)


def count_anew(cursor, span) -> None:
    """Replace the counts of a span of days by those of its rows."""
    DayCount.objects.filter(day__gte=span.first, day__lt=span.after).delete()
    sql, values = day_rows(span)
    columns = ", ".join((*KEYS, *asked_of("closings")))
    cursor.execute(
        f"INSERT INTO {DayCount._meta.db_table} (id, {columns})"  # noqa: S608 -- names of columns
        f" SELECT gen_random_uuid(), {columns} FROM ({sql}) AS counted",
        values,
    )


def day_rows(span) -> tuple[str, tuple]:
    by_day = ClosingFact.objects.order_by().annotate(day=TruncDate("at", tzinfo=SHANGHAI))
    counted = by_day.values(*KEYS).annotate(**asked_of("closings"))
    return closing_facts.statement(bases.closings(span, bases.exists_by_index), counted)


@cache
def definition() -> str:
    """Return what stands for the definitions: the statement that counts, as it is sent to the database."""
    a_day = Period(date(2000, 1, 1), date(2000, 1, 2))
    return hashlib.sha256(repr(day_rows(a_day)).encode()).hexdigest()


def changed_spans(period) -> list[Period]:
    """Return the days of a period that have to be counted by their rows, those that follow each other together."""
    if not CountedWith.objects.filter(pk=definition()).exists():
        return [period]
    changed = ChangedDay.objects.filter(day__gte=period.first, day__lt=period.after)
    return spans_of(changed.values_list("day", flat=True).distinct())


def spans_of(days: Iterable[date]) -> list[Period]:
    spans = []
    for day in sorted(set(days)):
        if spans and spans[-1].after == day:
            spans[-1] = Period(spans[-1].first, day + timedelta(1))
        else:
            spans.append(Period(day, day + timedelta(1)))
    return spans


def closed_in(spans) -> Q:
    """Return the condition on closings of these days; of no day there is none."""
    found = Q(pk__in=[])
    for span in spans:
        found |= Q(at__gte=start_of_day(span.first), at__lt=start_of_day(span.after))
    return found


def counted_days(period, spans) -> QuerySet:
    """Return the counts of the days of a period without those spans."""
    rows = DayCount.objects.filter(day__gte=period.first, day__lt=period.after)
    for span in spans:
        rows = rows.exclude(day__gte=span.first, day__lt=span.after)
    return rows
