"""A sheet of 100,000 rows as a file: time and memory of the process that writes it, beside the same rows by plain COPY."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

MOST_ROWS = 100_000
COLUMNS = ["number", "group", "category", "urgency", "channel", "state", "community", "unit", "reported_at", "closed_at", "days", "reopen_no"]  # fmt: skip
FLOOR = """COPY (SELECT serial, category_id, urgency, channel, state, grid_path, unit_id, reported_at, closed_at, reopen_no
    FROM cases_case WHERE serial <= %s ORDER BY serial) TO STDOUT"""


def sheet_file(here, seconds):
    """Write one sheet of 100,000 matters as xlsx; reach ≤ 10 s, ≤ 150 MB."""
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "bench.sheet_workloads"]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said)


def main():
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from yige.cases.models import Case
    from yige.lib import sheets
    from yige.report_centre import row_lines, views

    serials = Case.objects.order_by("serial").values_list("serial", flat=True)
    last = (serials[MOST_ROWS - 1 : MOST_ROWS] or serials.reverse()[:1])[0]
    settings.DEBUG = False
    view = views.View(tuple(COLUMNS), "", {}, True)
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(FLOOR, [last]) as rows:
        plain = sum(len(piece) for piece in rows)
    floor = time.perf_counter() - began
    found = Case.objects.filter(serial__lte=last).order_by("serial")
    before, began, cpu = peak_mb(), time.perf_counter(), time.process_time()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        lines = row_lines.lines(view, found, timezone.now())
        sheets.save_xlsx(file.name, COLUMNS, lines)
        size = os.path.getsize(file.name)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    told = {
        "seconds": round(took, 2),
        "cpu_seconds": round(cpu, 2),
        "floor_seconds": round(floor, 2),
        "peak_mb": peak_mb(),
        "before_mb": before,
    }
    print(
        json.dumps(
            told | {"rows": found.count(), "file_mb": round(size / 1e6, 1), "floor_mb": round(plain / 1e6, 1)}
        )
    )


def peak_mb():
    """Return the most memory this process ever had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


WORKLOADS = {"sheet_file": sheet_file}

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
