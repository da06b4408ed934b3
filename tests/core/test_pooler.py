"""Districts behind a pooler that shares connections between transactions: nobody reads another's rows, or nobody serves."""

import os
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from config.environment import schema_in
from config.launcher.place import server_user
from config.launcher.postgres import Cluster
from config.launcher.var import var_folder
from config.postgres_line.base import WrongSchema

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
DATABASE, PORT, WORD = "yige_pooler", 6432, "pooler-only-in-tests"
DISTRICTS = ("pool_east", "pool_west")
OWN_SERVER = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="asks for the tests' own server")
LIMITS = {"statement_timeout": "1min", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min"}


def line_to(host, user, *, wanted, options="", password=WORD):
    """A connection as the application makes one."""
    line = connection.copy()
    line.settings_dict = line.settings_dict | {
        "NAME": DATABASE, "HOST": str(host), "PORT": str(PORT), "USER": user, "PASSWORD": password, "SCHEMA": wanted,
        "OPTIONS": {"server_side_binding": False, "prepare_threshold": None, "options": options},
    }  # fmt: skip
    return line


def asked(line, sql):
    with line.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.fixture(scope="module")
def districts():
    """Two districts in one database: a schema each, a role each; and a role whose path nobody set."""
    cluster = Cluster(var_folder())
    drop = f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"
    roles = (*DISTRICTS, "pool_plain")
    cluster.query(drop)
    for role in roles:
        cluster.query(f"DROP ROLE IF EXISTS {role}")
        cluster.query(f"CREATE ROLE {role} LOGIN PASSWORD '{WORD}'")
    cluster.query(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
    for role in DISTRICTS:
        cluster.query(f"CREATE SCHEMA {role} AUTHORIZATION {role}", database=DATABASE)
        cluster.query(f"CREATE TABLE {role}.mark AS SELECT '{role}' AS name", database=DATABASE)
        cluster.query(f"GRANT SELECT ON {role}.mark TO {role}", database=DATABASE)
        cluster.query(f"ALTER ROLE {role} SET search_path = {role}")
        for name, value in LIMITS.items():
            cluster.query(f"ALTER ROLE {role} SET {name} = '{value}'")
    cluster.query("GRANT USAGE ON SCHEMA pool_east TO pool_plain", database=DATABASE)
    yield cluster
    cluster.query(drop)
    for role in roles:
        cluster.query(f"DROP ROLE {role}")


@pytest.fixture(scope="module")
def pooler(districts):
    """PgBouncer as operations.md describes it: two server connections for all, and options ignored."""
    if PGBOUNCER is None:
        pytest.skip("pgbouncer is not on this machine (Debian: apt-get install pgbouncer)")
    folder = Path(tempfile.mkdtemp(prefix="yg-pool-", dir="/tmp"))
    users = folder / "users"
    users.write_text("".join(f'"{role}" "{WORD}"\n' for role in (*DISTRICTS, "pool_plain")))
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{DATABASE} = host={districts.place.socket} port=5432\n[pgbouncer]\nlisten_port = {PORT}\n"
        f"listen_addr =\nunix_socket_dir = {folder}\nauth_type = trust\nauth_file = {users}\n"
        "pool_mode = transaction\ndefault_pool_size = 1\nignore_startup_parameters = options\n"
    )
    account = server_user()
    if account:
        for path in (folder, *folder.iterdir()):
            os.chown(path, account.pw_uid, account.pw_gid)
    as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    process = subprocess.Popen(
        [PGBOUNCER, str(folder / "pgbouncer.ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user
    )  # fmt: skip
    until = time.monotonic() + 20
    while not (folder / f".s.PGSQL.{PORT}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    yield folder
    process.terminate()
    process.wait(20)
    shutil.rmtree(folder)


@OWN_SERVER
def test_a_search_path_among_the_options_is_lost_behind_a_pooler_and_the_line_refused(
    pooler, django_db_blocker
):
    options = "-csearch_path=pool_east"
    with django_db_blocker.unblock():
        unguarded = line_to(pooler, "pool_plain", wanted="", options=options)
        lost = asked(unguarded, "SELECT current_schema()")
        guarded = line_to(pooler, "pool_plain", wanted="pool_east", options=options)
        with pytest.raises(WrongSchema, match="public，本系统的是 pool_east"):
            asked(guarded, "SELECT 1")
        with pytest.raises(WrongSchema):  # asked again it is made anew, never used as it is
            asked(guarded, "SELECT 1")
        unguarded.close()

    assert lost == "public"


@OWN_SERVER
def test_one_role_for_each_district_reads_its_own_rows_whoever_shares_the_connection(
    pooler, django_db_blocker
):
    def read(number):
        role = DISTRICTS[number % 2]
        line = line_to(pooler, role, wanted=role)
        wrong = sum(asked(line, "SELECT name FROM mark") != role for _ in range(50))
        limits = {name: asked(line, f"SHOW {name}") for name in LIMITS}
        line.close()
        return wrong, limits

    with django_db_blocker.unblock(), ThreadPoolExecutor(8) as threads:
        results = list(threads.map(read, range(8)))

    assert results == [(0, LIMITS)] * 8


@OWN_SERVER
def test_a_district_cannot_read_another_by_name(pooler, django_db_blocker):
    with django_db_blocker.unblock():
        line = line_to(pooler, "pool_east", wanted="pool_east")
        with pytest.raises(Exception, match="permission denied for schema pool_west"):
            asked(line, "SELECT name FROM pool_west.mark")
        line.close()


def test_a_line_without_a_pooler_is_refused_too(db):
    line = connection.copy()
    line.settings_dict = line.settings_dict | {"SCHEMA": "district_elsewhere"}

    with pytest.raises(WrongSchema, match="district_elsewhere"):
        line.ensure_connection()
    assert line.connection is None


@pytest.mark.parametrize(
    ("options", "schema"),
    [
        ("", "public"),
        ("-csearch_path=a", "a"),
        ("-c lock_timeout=1s -c search_path=a,public", "a"),
        ('-csearch_path="a"', "a"),
        ("-csearch_path=a -csearch_path=b", "b"),
    ],
)
def test_the_schema_that_an_address_names_is_the_expected_one(options, schema):
    assert schema_in(options) == schema
