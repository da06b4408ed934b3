"""The workloads of the wall, and of the people's map: 139 micro-grids with counts of 10,400 households, beside a bare list page.

Names, heads and numbers of households are kept for a minute by the product, so this is the cost while a map is in use.
`python -m bench.map_workloads` makes the rows once: micro-grids below the grids of `bench.case_rows`, 700 buildings, a household in
each home, a label on every tenth, promises of every fiftieth.
"""

import os
import subprocess
import sys

from bench.against_floor import against_floor, browser

MICRO_GRIDS, BUILDINGS, HOUSEHOLDS = 139, 700, 10_400
PAGE = "/console/people-map/layers/areas.json"

GRIDS = """
    INSERT INTO grids_grid (id, parent_id, level, kind, name, code, national_code, path, phone, valid_from)
    SELECT gen_random_uuid(), g.id, 4, 'ordinary', g.name || '-' || n / 33 + 1, g.code || '-' || lpad((n / 33 + 1)::text, 2, '0'),
        '', g.path || lpad((n / 33 + 1)::text, 2, '0') || '/', '', '2020-01-01'
    FROM generate_series(0, %s - 1) n
    JOIN (SELECT *, row_number() OVER (ORDER BY path) - 1 AS place FROM grids_grid WHERE level = 3) g ON g.place = n %% 33
"""
BLOCKS = """
    INSERT INTO archive_building (id, grid_id, grid_path, kind, estate, name, lon, lat)
    SELECT gen_random_uuid(), g.id, g.path, 'housing', '演示小区', n || '号楼', 113.27 + random() * 0.04, 34.78 + random() * 0.04
    FROM generate_series(0, %s - 1) n
    JOIN (SELECT *, row_number() OVER (ORDER BY path) - 1 AS place FROM grids_grid WHERE level = 4) g ON g.place = n %% 139
"""
HOMES = """
    INSERT INTO archive_home (id, building_id, grid_path, unit, room, use, gas, escape_clear, indoor_charging)
    SELECT gen_random_uuid(), b.id, b.grid_path, '1', n::text, 'own', '', '', ''
    FROM generate_series(0, %s - 1) n
    JOIN (SELECT *, row_number() OVER (ORDER BY name) - 1 AS place FROM archive_building) b ON b.place = n %% 700
"""
FILES = """
    INSERT INTO archive_household (id, grid_id, grid_path, home_id, made_at, met_at, tried_at, version)
    SELECT gen_random_uuid(), b.grid_id, b.grid_path, h.id, now() - interval '700 days', m.at, m.at, 1
    FROM archive_home h JOIN archive_building b ON b.id = h.building_id
    CROSS JOIN LATERAL (SELECT now() - random() * interval '100 days' + (h.room || 's')::interval * 0 AS at) m
"""
PEOPLE = """
    INSERT INTO archive_person (id, household_id, grid_path, relation, sex, made_at, version)
    SELECT gen_random_uuid(), id, grid_path, 'head', '0', made_at, 1 FROM archive_household
"""
LABELS = """
    INSERT INTO archive_label (id, person_id, kind, granted_at, granted_by, until)
    SELECT gen_random_uuid(), id, 'living_alone', now(), 'person', current_date + 300
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM archive_person) p WHERE place %% 10 = 0
"""
PROMISES = """
    INSERT INTO contact_promise (id, household_id, grid_path, words, due_on, first_due_on, made_at, by_id, unit_id)
    SELECT gen_random_uuid(), h.id, h.grid_path, '', d.day, d.day, now(), u.user_id, u.unit_id
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM archive_household) h
    CROSS JOIN (SELECT user_id, unit_id FROM accounts_post LIMIT 1) u
    CROSS JOIN LATERAL (SELECT current_date + (h.place %% 20)::int - 10 AS day) d WHERE h.place %% 50 = 0
"""


def people_map(here, seconds):
    """The layer of 139 micro-grids with counts, as the desk sees the whole subdistrict; reach ≤ 20 CPU-ms."""
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    subprocess.run(
        [sys.executable, "-m", "bench.map_workloads"], env=environment, check=True, stdout=sys.stderr
    )

    def look(client, n):
        return browser(here, who="desk").get(PAGE)[0]

    return against_floor(
        here, seconds, look, lambda client, n: browser(here, "floor").get("/list")[0], clients=4
    )


def command_view(here, seconds):
    """The tiles of the wall, as the desk sees the whole subdistrict, never the same twice; reach ≤ 30 CPU-ms of 20,000 cases."""

    def look(client, n):
        return browser(here, who="desk").get("/console/command/")[0]

    return against_floor(
        here, seconds, look, lambda client, n: browser(here, "floor").get("/list")[0], clients=4
    )


def fill():
    """Make the rows where they are not there yet."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connection

    from yige.grids.models import Grid

    if Grid.objects.filter(level=4).exists():
        return
    steps = ((GRIDS, [MICRO_GRIDS]), (BLOCKS, [BUILDINGS]), (HOMES, [HOUSEHOLDS]), *((one, []) for one in (FILES, PEOPLE, LABELS, PROMISES)))  # fmt: skip
    with connection.cursor() as cursor:
        for statement, values in steps:
            cursor.execute(statement, values)
    connection.connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    fill()
