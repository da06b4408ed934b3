"""The month of a street: all indicators of all its units, beside the same month counted by plain SQL with one condition."""

import json
import os
import subprocess
import sys
import time

CLOSINGS = 10_000
FILL = (
    """INSERT INTO cases_closing (id, case_id, at, round, unit_id, grid_path, tier, category_id, channel, nature, urgency,
        own, started_at, dispatched_at, contacted_at, handled_at, reopened_at)
    SELECT gen_random_uuid(), c.id, date_trunc('month', now()) - m.ago, 0, c.unit_id, c.grid_path, c.tier, c.category_id,
        c.channel, c.nature, c.urgency, false, c.reported_at, c.dispatched_at,
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
FLOOR = """SELECT unit_id, count(*), count(*) FILTER (WHERE reopened_at IS NOT NULL) FROM cases_closing
    WHERE at >= %s AND at < %s AND NOT own GROUP BY unit_id"""


def assessment_month(here, seconds):
    """All indicators of all units for one month of 10,000 closings; reach ≤ 100 ms."""
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "bench.assessment_workloads", str(seconds)]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said)


def main(seconds):
    from django.db import connection
    from django.db.models import Q
    from django.utils import timezone

    from yige.assessment import figures, periods
    from yige.lib.local_time import local_day

    month = periods.month_before(periods.month_of(local_day(timezone.now())))
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, {"count": CLOSINGS} if "%(" in statement else None)

    def product():
        return figures.counts(month, Q(), by=("unit",))

    def floor():
        with connection.cursor() as cursor:
            cursor.execute(FLOOR, [month.begin, month.end])
            return cursor.fetchall()

    told = product()
    done, least = median_ms(product, seconds), median_ms(floor, seconds / 2)
    counted = sum(group["reopened"].of for group in told.values())
    figures_told = {"product_ms": done, "floor_ms": least, "ratio": round(done / least, 2)}
    print(json.dumps(figures_told | {"closings": counted, "units": len(told)}))


def median_ms(work, seconds):
    """Return the median wall time of a call in ms."""
    took, until = [], time.monotonic() + seconds
    while time.monotonic() < until or len(took) < 5:
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return round(sorted(took)[len(took) // 2], 2)


WORKLOADS = {"assessment_month": assessment_month}

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(float(sys.argv[1]))
