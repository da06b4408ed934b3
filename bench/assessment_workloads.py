"""The month of a street and the year of a city: all indicators of all units, beside plain SQL with one condition.

The year of a large city: `make bench WORDS="assessment_year --closings 5000000"`; wall time beside the CPU of both sides.
"""

import json
import os
import subprocess
import sys
import time

CLOSINGS = 10_000
FILL = (
    """INSERT INTO cases_closing (id, case_id, at, round, unit_id, grid_path, tier, category_id, channel, nature, urgency,
        own, excluded, copy, started_at, dispatched_at, contacted_at, handled_at, reopened_at)
    SELECT gen_random_uuid(), c.id, date_trunc('month', now()) - m.ago, 0, c.unit_id, c.grid_path, c.tier, c.category_id,
        c.channel, c.nature, c.urgency, false, false, false, c.reported_at, c.dispatched_at,
        c.dispatched_at + (c.serial %% 30) * interval '1 hour', c.handled_at,
        CASE WHEN c.serial %% 25 = 0 THEN now() END
    FROM (SELECT *, row_number() OVER (ORDER BY serial) AS nth FROM cases_case WHERE state = 'cleared' LIMIT %(count)s) c
    CROSS JOIN LATERAL (SELECT (1 + c.nth %% 27) * interval '1 day' AS ago) m
    WHERE NOT EXISTS (SELECT 1 FROM cases_closing)""",
    """INSERT INTO cases_rating (id, case_id, about_id, at, round, contacted, solved, satisfied, words, by_phone)
    SELECT gen_random_uuid(), case_id, case_id, at + interval '1 day', 0, true,
        (ARRAY['yes', 'yes', 'yes', 'partly', 'no'])[1 + floor(random() * 5)::int], 'fair', '', false
    FROM cases_closing WHERE random() < 0.7 AND NOT EXISTS (SELECT 1 FROM cases_rating)""",
    """INSERT INTO cases_card (id, case_id, at, round, unit_id, mark, colour, reason, appeal, answer)
    SELECT gen_random_uuid(), case_id, at - interval '1 day', 0, unit_id, 'day3', 'yellow', '', '', ''
    FROM cases_closing WHERE random() < 0.1 AND NOT EXISTS (SELECT 1 FROM cases_card WHERE mark = 'day3')""",
    "ANALYZE cases_closing", "ANALYZE cases_rating", "ANALYZE cases_card",
)  # fmt: skip
FILL_YEAR = (
    """INSERT INTO cases_closing (id, case_id, at, round, unit_id, grid_path, tier, category_id, channel, nature, urgency,
        own, excluded, copy, started_at, dispatched_at, contacted_at, handled_at, reopened_at)
    SELECT gen_random_uuid(), c.id, m.at, r.round, c.unit_id, c.grid_path, c.tier, c.category_id, c.channel, c.nature,
        c.urgency, false, false, false, m.at - interval '5 days', m.at - interval '5 days',
        m.at - interval '5 days' + (c.serial %% 30) * interval '1 hour', m.at, CASE WHEN c.serial %% 25 = 0 THEN now() END
    FROM (SELECT * FROM cases_case WHERE state = 'cleared') c
    CROSS JOIN generate_series(1, 1 + %(count)s / (SELECT count(*) FROM cases_case WHERE state = 'cleared')) AS r (round)
    CROSS JOIN LATERAL (SELECT date_trunc('month', now()) - interval '1 hour'
        - ((c.serial * 7919 + r.round * 104729) %% 365) * interval '1 day' AS at) m
    LIMIT %(count)s""",
    """INSERT INTO cases_rating (id, case_id, about_id, at, round, contacted, solved, satisfied, words, by_phone)
    SELECT gen_random_uuid(), case_id, case_id, at + interval '1 day', round, true,
        (ARRAY['yes', 'yes', 'yes', 'partly', 'no'])[1 + floor(random() * 5)::int], 'fair', '', false
    FROM cases_closing WHERE round > 0 AND random() < 0.7""",
    """INSERT INTO cases_card (id, case_id, at, round, unit_id, mark, colour, reason, appeal, answer)
    SELECT gen_random_uuid(), case_id, at - interval '1 day', round, unit_id, 'day3', 'yellow', '', '', ''
    FROM cases_closing WHERE round > 0 AND random() < 0.1""",
    "ANALYZE cases_closing", "ANALYZE cases_rating", "ANALYZE cases_card",
)  # fmt: skip
FLOOR = """SELECT unit_id, count(*), count(*) FILTER (WHERE reopened_at IS NOT NULL) FROM cases_closing
    WHERE at >= %s AND at < %s AND NOT own GROUP BY unit_id"""


def assessment_month(here, seconds):
    """All indicators of all units for one month of 10,000 closings; reach ≤ 100 ms."""
    return in_database("month", seconds, CLOSINGS)


def assessment_year(here, seconds):
    """All indicators of all units for a year of a city, and one day more of it; reach ≤ 10 s and ≤ 500 ms for 5,000,000."""
    return in_database("year", seconds, here.closings)


def in_database(which, seconds, count):
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "bench.assessment_workloads", str(seconds), which, str(count)]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said)


def month(seconds, count):
    """Count the month from its rows, and once more when its days are rolled up."""
    from yige.assessment import periods
    from yige.assessment.models import CountedWith
    from yige.assessment.roll_up import roll_up
    from yige.lib.local_time import local_day

    period = periods.month_before(periods.month_of(local_day(now())))
    fill(FILL, count)
    CountedWith.objects.all().delete()
    told = {f"by_rows_{name}": value for name, value in beside_floor(period, seconds).items()}
    roll_up(now())
    return told | beside_floor(period, seconds)


def year(seconds, count):
    """Count the year when its days are rolled up, and one day anew: what it costs each night."""
    from yige.assessment import periods
    from yige.assessment.models import CountedWith
    from yige.assessment.roll_up import roll_up
    from yige.cases.models import ChangedDay, Closing
    from yige.lib.local_time import local_day

    last = periods.month_before(periods.month_of(local_day(now())))
    if Closing.objects.count() < count:
        fill(FILL_YEAR, count)
    CountedWith.objects.all().delete()
    told = {"all_anew_s": once_ms(lambda: roll_up(now())) / 1000}
    told |= beside_floor(periods.span_named("12", last), seconds)
    told["closings_of_a_day"] = Closing.objects.filter(at__gte=last.begin).count() // 30

    def one_day_more():
        ChangedDay.objects.create(day=last.first)
        roll_up(now())

    return told | {"one_day_more_ms": median_ms(one_day_more, seconds)}


def fill(statements, count):
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"count": count} if "%(" in statement else None)


def beside_floor(period, seconds):
    """Return how long all figures of all units take, and the same rows counted with one condition."""
    from django.db import connection
    from django.db.models import Q

    from yige.assessment import figures

    def product():
        return figures.counts(period, Q(), by=("unit",))

    def floor():
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [period.begin, period.end])
            return cursor.fetchall()

    told = product()
    done, least = median_ms(product, seconds), median_ms(floor, seconds / 2)
    counted = sum(group["reopened"].of for group in told.values())
    return {
        "product_ms": done,
        "floor_ms": least,
        "ratio": round(done / least, 2),
        "closings": counted,
        "units": len(told),
    }


def now():
    from django.utils import timezone

    return timezone.now()


def once_ms(work):
    began = time.perf_counter()
    work()
    return round((time.perf_counter() - began) * 1000, 2)


def median_ms(work, seconds):
    """Return the median wall time of a call in ms."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until or len(took) < 5:
        took.append(once_ms(work))
    return round(sorted(took)[len(took) // 2], 2)


WORKLOADS = {"assessment_month": assessment_month, "assessment_year": assessment_year}

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    seconds, which, count = float(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    print(json.dumps({"month": month, "year": year}[which](seconds, count)))
