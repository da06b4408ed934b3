"""The archive's workloads: a roster of 100,000 people taken in, and one person sealed; each beside its floor.

The roster runs in a process of its own, as the background worker would, so that its peak memory is its own.
"""

import io
import json
import os
import random
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from bench import cpu

PEOPLE = 100_000
HEADINGS = ["姓名", "联系电话", "出生年", "性别", "与户主关系", "户主", "家庭住址"]
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰"
FLOORS, DOORS, UNITS, BUILDINGS = 30, 4, 3, 20
OURS = "SELECT id FROM archive_building WHERE estate LIKE '第__苑'"
LIVED = f"SELECT id FROM archive_household WHERE home_id IN (SELECT id FROM archive_home WHERE building_id IN ({OURS}))"
# The tables that a roster writes, and which rows of them are its own.
TABLES = {
    "archive_home": f"building_id IN ({OURS})",
    "archive_household": f"id IN ({LIVED})",
    "archive_person": f"household_id IN ({LIVED})",
    "archive_tie": f"household_id IN ({LIVED})",
    "archive_origin": "source = 'import'",
    "archive_rosterrow": "true",
}
CLEAN = (
    "DELETE FROM archive_likeness", "DELETE FROM archive_rosterrow", "DELETE FROM archive_rosterrun",
    f"UPDATE archive_household SET contact_id = NULL WHERE id IN ({LIVED})",
    "DELETE FROM archive_origin WHERE source = 'import'", f"DELETE FROM archive_tie WHERE household_id IN ({LIVED})",
    f"DELETE FROM archive_person WHERE household_id IN ({LIVED})", f"DELETE FROM archive_household WHERE id IN ({LIVED})",
    f"DELETE FROM archive_home WHERE building_id IN ({OURS})", f"DELETE FROM archive_building WHERE id IN ({OURS})",
)  # fmt: skip
SEALED = 20_000


def roster(here, seconds):
    """A roster of 100,000 new people, checked and taken in; reach ≥ 5,000 rows/s, bounded memory.

    Floor: COPY of the very same rows into tables with the same indexes.
    """
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "bench.archive_workloads", str(PEOPLE), str(here.pids()[1])]
    said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said)


def seal(here, seconds):
    """Encrypt and index one person (name, phone, sound); reach ≤ 20 µs. Floor: the bare AES-GCM and HMAC."""
    set_up()
    from django.conf import settings  # noqa: F401  the keys are registered by the settings

    from yige.archive.rosters import row_facts
    from yige.lib import crypto
    from yige.lib.ids import new_id

    people = [(name, phone, born) for name, phone, born, *_ in rows_of(SEALED)]
    took, bare = [], []
    for _ in range(3):
        began = time.process_time()
        for name, phone, born in people:
            pk = new_id()
            row_facts.marks(row_facts.RowFacts(1, name=name, phone=phone, born=int(born)))
            crypto.seal(name, where=f"archive.person.name:{pk}")
            crypto.seal(phone, where=f"archive.person.phone:{pk}")
        took.append((time.process_time() - began) / len(people) * 1e6)
        bare.append(bare_seal(people) * 1e6)
    return {
        "us_a_person": round(min(took), 1),
        "floor_us": round(min(bare), 1),
        "ratio": round(min(took) / min(bare), 2),
    }


def bare_seal(people):
    import hmac

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key, other = os.urandom(32), os.urandom(32)
    began = time.process_time()
    for name, phone, _ in people:
        for text in (name, phone):
            AESGCM(key).encrypt(os.urandom(12), text.encode(), b"archive_person.name:0")
        for text in (name, phone, name):
            hmac.digest(other, text.encode(), "sha256")
    return (time.process_time() - began) / len(people)


def set_up():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def rows_of(count):
    """Return invented people, two or three in a household, on doors in order."""
    chance, rows, door = random.Random(7), [], 0
    while len(rows) < count:
        surname, head = chance.choice(SURNAMES), ""
        for place in range(min(chance.choice((2, 2, 3)), count - len(rows))):
            name = surname + "".join(chance.choice(GIVEN) for _ in range(2))
            head = head or name
            relation, sex = (("户主", "男"), ("配偶", "女"), ("子女", "男"))[place]
            born = 1950 + chance.randrange(45)
            rows.append((name, f"19{len(rows):09d}", str(born), sex, relation, head, address(door)))
        door += 1
    return rows


def address(door):
    """Return the n-th door: estates of 20 buildings with 3 entrances, 30 floors and 4 doors."""
    room, door = door % DOORS + 1, door // DOORS
    floor, door = door % FLOORS + 1, door // FLOORS
    unit, door = door % UNITS + 1, door // UNITS
    return f"第{estate(door // BUILDINGS)}苑{door % BUILDINGS + 1}号楼{unit}单元{floor}{room:02d}"


def estate(number):
    return "甲乙丙丁戊己庚辛壬癸"[number % 10] + "春夏秋冬"[number // 10]


def workbook(rows):
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate([HEADINGS, *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def main():
    """Take a roster in, in this process, and print what it took."""
    set_up()
    from django.db import connection

    grid, by = ground()
    blob = workbook(rows_of(int(sys.argv[1])))
    before, server = peak_mb(), int(sys.argv[2])
    run, took = take_in(grid, by, blob, server)
    peak = peak_mb()
    with connection.cursor() as cursor:
        seconds, floor_cpu = measure_step(server, lambda: copy_seconds(cursor))
    total = run.counts["new"]
    rates = {f"{step}_rows_a_second": round(total / spent.seconds) for step, spent in took.items()}
    work = {f"{step}_cpu_us_a_row": round(spent.cpu / total * 1e6) for step, spent in took.items()}
    print(json.dumps({
        "rows": total, "xlsx_mb": round(len(blob) / 1e6, 1), **rates, **work,
        "floor_rows_a_second": round(total / seconds), "floor_cpu_us_a_row": round(floor_cpu / total * 1e6),
        "ratio": round(took["take"].cpu / floor_cpu, 2), "peak_mb": round(peak), "peak_before_mb": round(before),
        "counts": run.counts,
    }))  # fmt: skip


class Spent(NamedTuple):
    """Seconds on the wall, and of CPU in this process and the database."""

    seconds: float
    cpu: float


def measure_step(server, work):
    """Do the work and return what it spent; `work` may return the seconds that count."""
    began, own, database = time.monotonic(), time.process_time(), cpu.milliseconds([server])
    counted = work()
    spent = time.monotonic() - began
    busy = time.process_time() - own + (cpu.milliseconds([server]) - database) / 1000
    return Spent(counted if isinstance(counted, float) else spent, busy)


def ground():
    """Empty what an earlier measurement left, and make buildings for the doors of the roster."""
    from datetime import date

    from django.db import connection

    from yige.accounts.models import Post, Unit, User
    from yige.archive.models import Building
    from yige.grids.models import Grid

    with connection.cursor() as cursor:
        for statement in CLEAN:
            cursor.execute(statement)
    street = Grid.objects.get(level=1)
    grid = Grid.objects.filter(level=3).order_by("path").first()
    Building.objects.bulk_create(
        Building(grid=grid, grid_path=grid.path, estate=f"第{estate(place)}苑", name=f"{number}号楼")
        for place in range(20)
        for number in range(1, BUILDINGS + 1)
    )
    by = User.objects.filter(username="bench-registrar").first()
    if by is None:
        by = User.objects.create_user("bench-registrar", None, name="演示档案管理员")
        office = Unit.objects.get(slug="street")
        Post.objects.create(user=by, role="registrar", unit=office, path=street.path, since=date(2020, 1, 1))
    return street, by


def take_in(grid, by, blob, server):
    from django.utils import timezone

    from yige.archive.models import RosterRun
    from yige.archive.rosters import actions, columns, job

    at, took = timezone.now(), {}
    run = actions.send_roster(grid, by=by, at=at, source="测量", file_name="测量.xlsx", blob=blob)
    actions.map_columns(run, by=by, at=at, fields=columns.guess(HEADINGS))
    for step in ("check", "take"):
        took[step] = measure_step(server, lambda: job.work(run.pk, timezone.now()))
        if step == "check":
            actions.confirm(run, by=by, at=timezone.now())
    return RosterRun.objects.get(pk=run.pk), took


def copy_seconds(cursor):
    """Return the seconds that COPY takes for the same rows into tables of the same shape and indexes."""
    seconds = 0.0
    for table, own in TABLES.items():
        blob = io.BytesIO()
        with cursor.copy(f"COPY (SELECT * FROM {table} WHERE {own}) TO STDOUT") as out:
            for part in out:
                blob.write(part)
        cursor.execute(
            f"DROP TABLE IF EXISTS floor_{table}; CREATE TABLE floor_{table} (LIKE {table} INCLUDING ALL)"
        )
        began = time.monotonic()
        with cursor.copy(f"COPY floor_{table} FROM STDIN") as into:
            into.write(blob.getvalue())
        seconds += time.monotonic() - began
        cursor.execute(f"DROP TABLE floor_{table}")
    return seconds


def peak_mb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


WORKLOADS = {"roster": roster, "seal": seal}

if __name__ == "__main__":
    main()
