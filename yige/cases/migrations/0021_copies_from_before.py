"""Closings from before the gate looked for copies say whether they are one, by what the gate would have found."""

from bisect import bisect_left, bisect_right
from datetime import timedelta, timezone
from itertools import groupby

from django.db import migrations
from django.db.models import F

from yige.cases.nearness import OTHER, Description, nearness

A_WEEK = timedelta(days=7)
MOST_COPIES = 100
BATCH = 2_000
SHANGHAI = timezone(timedelta(hours=8))


def mark_copies(apps, schema_editor):
    """Write `copy` where it is missing, and let the roll-up count the days again; what is frozen stays as it was."""
    closing, day = apps.get_model("cases", "Closing"), apps.get_model("cases", "ChangedDay")
    rows = closing.objects.order_by("unit", "category", "at", "id").values(
        "pk", "unit_id", "category_id", "case_id", "at", "started_at", "own", "excluded", "copy",
        place=F("case__place"), lon=F("case__lon"), lat=F("case__lat"),
    )  # fmt: skip
    found, days = [], set()
    for _, group in groupby(rows.iterator(BATCH), lambda row: (row["unit_id"], row["category_id"])):
        for row in copies_of(group):
            found.append(row["pk"])
            days.add(row["at"].astimezone(SHANGHAI).date())
    for first in range(0, len(found), BATCH):
        closing.objects.filter(pk__in=found[first : first + BATCH]).update(copy=True)
    day.objects.bulk_create([day(day=each) for each in sorted(days)], batch_size=BATCH)


def copies_of(group):
    """Yield what of one unit and category, in the order of closing, had been closed there before and does not say so."""
    before = []
    for row in group:
        if not row["copy"] and is_copy(row, before):
            yield row
        if not row["own"] and not row["excluded"]:
            place = bisect_right(before, row["started_at"], key=lambda each: each["started_at"])
            before.insert(place, row)


def is_copy(row, before):
    begins = [row["started_at"] - A_WEEK, row["started_at"] + A_WEEK]
    first = bisect_left(before, begins[0], key=lambda each: each["started_at"])
    after = bisect_right(before, begins[1], key=lambda each: each["started_at"])
    others = [each for each in before[first:after] if each["case_id"] != row["case_id"]]
    others.sort(key=lambda each: each["at"], reverse=True)
    return any(is_here(nearness(where(row), where(other))) for other in others[:MOST_COPIES])


def is_here(near):
    return near.is_here and near.building != OTHER


def where(row):
    return Description("", None, row["place"], row["lon"], row["lat"])


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_copies_of_a_matter"),
    ]

    operations = [
        migrations.RunPython(mark_copies, migrations.RunPython.noop),
    ]
