"""The workloads of visits at a million households: the file of one on a phone, and today's list of a micro-grid worker.

`python -m bench.contact_workloads fill N` makes the rows once by plain SQL: micro-grids of 75 households below the grids of
`bench.case_rows`, two people each, labels, visits, promises, needs, and one worker with the first micro-grid; it prints the
worker's cookie and a household. Today's list is quiet between 21 and 8, so it is taken in this process at noon, with the
person read anew and the page rendered; its database time is counted like the others'.
"""

import os
import subprocess
import sys
import time

from bench.against_floor import against_floor, browser

HOUSEHOLDS = int(os.environ.get("BENCH_HOUSEHOLDS", "1000000"))
EACH = 75
PATH = "m"  # the last part of a path of these micro-grids begins with it

STEPS = (
    """INSERT INTO grids_grid (id, parent_id, level, kind, name, code, national_code, path, phone, valid_from)
    SELECT gen_random_uuid(), g.id, 4, 'ordinary', g.name || '-m' || n, g.code || '-m' || n, '', g.path || 'm' || n || '/',
        '', '2020-01-01'
    FROM generate_series(0, %(grids)s - 1) n
    JOIN (SELECT *, row_number() OVER (ORDER BY path) - 1 AS place FROM grids_grid WHERE level = 3) g ON g.place = n %% 33""",
    """INSERT INTO archive_building (id, grid_id, grid_path, kind, estate, name)
    SELECT gen_random_uuid(), id, path, 'housing', '大测小区', code || '号楼' FROM grids_grid WHERE code LIKE '%%-m%%'""",
    """INSERT INTO archive_home (id, building_id, grid_path, unit, room, use, gas, escape_clear, indoor_charging)
    SELECT gen_random_uuid(), b.id, b.grid_path, '1', n::text, 'own', '', '', ''
    FROM archive_building b CROSS JOIN generate_series(101, 100 + %(each)s) n WHERE b.estate = '大测小区'""",
    """INSERT INTO archive_household (id, grid_id, grid_path, home_id, made_at, met_at, tried_at, wished_on, version)
    SELECT gen_random_uuid(), b.grid_id, b.grid_path, h.id, now() - interval '700 days', m.at, m.at,
        CASE WHEN h.room LIKE '%%50' THEN current_date END, 1
    FROM archive_building b JOIN archive_home h ON h.building_id = b.id
    CROSS JOIN LATERAL (SELECT now() - random() * interval '100 days' + (h.room || 's')::interval * 0 AS at) m
    WHERE b.estate = '大测小区'""",
    """INSERT INTO archive_person (id, household_id, grid_path, relation, sex, birth_year, made_at, version)
    SELECT gen_random_uuid(), h.id, h.grid_path, r.relation, '0', 1940 + (random() * 50)::int, h.made_at, 1
    FROM archive_household h CROSS JOIN (VALUES ('head'), ('spouse')) r (relation) WHERE h.grid_path LIKE '%%/m%%'""",
    """INSERT INTO archive_label (id, person_id, kind, granted_at, granted_by, until)
    SELECT gen_random_uuid(), id, 'living_alone', now(), 'person', current_date + 300 FROM archive_person
    WHERE relation = 'head' AND grid_path LIKE '%%/m%%' AND random() < 0.1""",
    """INSERT INTO contact_visit (id, household_id, grid_path, by_id, unit_id, role_label, mode, at)
    SELECT gen_random_uuid(), h.id, h.grid_path, u.user_id, u.unit_id, '微网格员', 'home', h.met_at - n * interval '70 days'
    FROM archive_household h CROSS JOIN generate_series(0, 2) n
    CROSS JOIN (SELECT user_id, unit_id FROM accounts_post LIMIT 1) u WHERE h.grid_path LIKE '%%/m%%'""",
    """INSERT INTO contact_need (id, household_id, grid_path, kind, words, raised_at)
    SELECT gen_random_uuid(), id, grid_path, 'need', '想要一副助听器', met_at FROM archive_household
    WHERE grid_path LIKE '%%/m%%' AND random() < 0.2""",
    """INSERT INTO contact_promise (id, household_id, grid_path, words, due_on, first_due_on, made_at, by_id, unit_id)
    SELECT gen_random_uuid(), h.id, h.grid_path, '修好楼门', d.day, d.day, now(), u.user_id, u.unit_id
    FROM archive_household h CROSS JOIN (SELECT user_id, unit_id FROM accounts_post LIMIT 1) u
    CROSS JOIN LATERAL (SELECT current_date + (random() * 40)::int - 5 + 0 * h.version AS day) d
    WHERE h.grid_path LIKE '%%/m%%' AND random() < 0.1""",
)  # fmt: skip


def household_page(here, seconds):
    """The file of a household on a phone, with its line in the log; reach ≤ 15 CPU-ms."""
    ready(here)
    pages = [f"/work/households/{pk}/" for pk in here.households]

    def look(client, n):
        return browser(here, who="micro").get(pages[n % len(pages)])[0]

    def bare(client, n):
        return browser(here, "floor").get(f"/household/{here.households[n % len(here.households)]}")[0]

    return against_floor(here, seconds, look, bare, clients=4)


def today(here, seconds):
    """Today's list of a micro-grid worker at noon, made and rendered; reach ≤ 15 CPU-ms; its floor: the same five rows."""
    ready(here)
    return own("today", here.cluster.server.pid, seconds)


def own(name, database, seconds):
    command = [sys.executable, "-m", "bench.contact_workloads", name, str(database), str(seconds)]
    import json

    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def ready(here):
    """Make the rows where they are not there yet; learn the worker's cookie and the households."""
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    command = [sys.executable, "-m", "bench.contact_workloads", "fill"]
    said = subprocess.run(
        command, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.split()
    here.cookies["micro"], here.households = said[0], said[1:]


def fill():
    from django.conf import settings
    from django.db import connection

    from bench.case_rows import make_staff
    from yige.accounts.models import Unit, User
    from yige.archive.models import Household, Person
    from yige.archive.people.sealing import seal_values
    from yige.grids.models import Grid

    if not Grid.objects.filter(code__contains="-m").exists():
        with connection.cursor() as cursor:
            for place, statement in enumerate(STEPS, 1):
                began = time.time()
                cursor.execute(statement, {"grids": HOUSEHOLDS // EACH, "each": EACH})
                print(f"  {place}/{len(STEPS)} {cursor.rowcount} {time.time() - began:.0f}s", file=sys.stderr)
        first = Grid.objects.filter(code__contains="-m").order_by("path").first()
        make_staff("micro-bench", "micro_worker", Unit.objects.filter(kind="grid_team").first(), first.path)
        for person in Person.objects.filter(grid_path=first.path):
            seal_values(person, name="王小英", phone="19900000001")
            person.save()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    user = User.objects.get(username="micro-bench")
    path = user.posts.get().path
    print(f"{settings.SESSION_COOKIE_NAME}:{session_of(user)}")
    print(*Household.objects.filter(grid_path=path).values_list("pk", flat=True)[:EACH])


def session_of(user):
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from yige.accounts.backend import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return session.session_key


def today_here(database, seconds):
    """Print the figures of today's list and of its floor, taken in this process beside the database's."""
    import json

    from django.db import connection
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from yige.accounts.models import User
    from yige.archive.models import Household
    from yige.contact.todays_visits import visits_of_today

    noon = timezone.now().replace(hour=4, minute=0)

    def page():
        request = RequestFactory().get("/work/")
        request.user = User.objects.get(username="micro-bench")
        found = visits_of_today(request.user, noon)
        render_to_string("worker/today.html", {"today": found, "now": noon}, request)
        return found

    ids = [household.pk for _, household in page().rows]

    def floor():
        list(Household.objects.filter(pk__in=ids).values_list())

    with CaptureQueriesContext(connection) as said:
        page()
    product, least = measure_calls(page, database, seconds), measure_calls(floor, database, seconds / 2)
    figures = {"product": product, "floor": least, "ratio": round(product["cpu_ms"] / least["cpu_ms"], 2)}
    print(json.dumps(figures | {"statements": len(said), "rows": len(ids), "in_process_at_noon": True}))


def measure_calls(work, database, seconds):
    from bench import cpu

    for _ in range(20):
        work()
    before, own_before, count, until = (
        cpu.milliseconds([database]),
        time.process_time(),
        0,
        time.time() + seconds,
    )
    while time.time() < until:
        work()
        count += 1
    spent, db = (time.process_time() - own_before) * 1000, cpu.milliseconds([database]) - before
    return {
        "requests": count,
        "cpu_ms": round((spent + db) / count, 2),
        "of_it_database": round(db / count, 2),
    }


WORKLOADS = {"household_page": household_page, "today": today}

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[1] == "fill":
        fill()
    else:
        today_here(int(sys.argv[2]), float(sys.argv[3]))
