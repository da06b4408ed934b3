"""The private database comes back after whatever happened to it or to its parent, and keeps what was committed."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from config.launcher import binaries, leftovers
from config.launcher.place import APP, NAME, OWNER, Place
from config.launcher.postgres import Cluster
from config.launcher.var import ROOT

PARENT = """
    import sys, time
    from pathlib import Path
    from config.launcher.postgres import Cluster
    cluster = Cluster(Path(sys.argv[1]), durable=False)
    cluster.start()
    cluster.query("CREATE TABLE IF NOT EXISTS kept (words text)")
    cluster.query("INSERT INTO kept VALUES ('committed')")
    print("up", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def cluster(own_var):
    with Cluster(own_var, durable=False).running() as cluster:
        yield cluster


def test_server_runs_without_root_and_behind_a_password(cluster):
    with open(f"/proc/{cluster.server.pid}/status") as status:
        user = next(line.split()[1] for line in status if line.startswith("Uid:"))
    refused = subprocess.run(
        [
            cluster.programs.path("psql"),
            "-h",
            cluster.place.socket,
            "-U",
            OWNER,
            "-w",
            "-c",
            "SELECT 1",
            NAME,
        ],
        capture_output=True,
        text=True,
        cwd="/",
    )

    assert user != "0"
    assert refused.returncode != 0
    assert "password" in refused.stderr
    assert cluster.query("SHOW listen_addresses") == ""
    assert cluster.query("SHOW server_encoding") == "UTF8"


def test_roles_can_only_what_they_need(cluster):
    rows = cluster.query(
        f"SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname IN ('{APP}', '{OWNER}')"
    )

    assert sorted(rows.splitlines()) == [f"{APP}|f|f|f", f"{OWNER}|f|t|f"]


def test_secrets_are_readable_by_nobody_else(cluster):
    folder = cluster.place.var / "secrets"

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_killed_server_starts_again_with_what_was_committed(cluster):
    cluster.query("CREATE TABLE kept (words text)")
    cluster.query("INSERT INTO kept VALUES ('committed')")
    os.kill(cluster.server.pid, signal.SIGKILL)
    cluster.server.wait()
    assert cluster.died()

    cluster.start()

    assert cluster.query("SELECT words FROM kept") == "committed"


@pytest.mark.parametrize("orphan", [False, True])
def test_killed_parent_leaves_a_cluster_that_starts_again(own_var, orphan):
    words = [sys.executable, "-c", textwrap.dedent(PARENT), str(own_var)]
    parent = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout.readline() == "up\n"
    cluster = Cluster(own_var, durable=False)
    server = leftovers.postmaster(cluster.place.cluster)
    if (
        orphan
    ):  # as where the kernel does not tell children: the server is stopped when its parent dies, and hangs on
        os.kill(server, signal.SIGSTOP)
    parent.kill()
    parent.communicate()
    if orphan:
        os.kill(server, signal.SIGCONT)

    with cluster.running():
        assert cluster.query("SELECT words FROM kept") == "committed"


def test_record_of_a_process_that_is_not_ours_does_not_shut_the_door(own_var):
    with Cluster(own_var, durable=False).running() as cluster:
        record = cluster.place.cluster / "postmaster.pid"
        lines = record.read_text().splitlines()
    record.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert leftovers.postmaster(cluster.place.cluster) is None
    with cluster.running():
        assert cluster.query("SELECT 1") == "1"


def test_second_user_of_a_running_cluster_leaves_it_running(cluster):
    with Cluster(cluster.place.var, durable=False).running() as second:
        assert second.query("SELECT 1") == "1"

    time.sleep(0.2)
    assert cluster.query("SELECT 1") == "1"


def test_folder_that_others_cannot_enter_sends_the_cluster_elsewhere(tmp_path):
    (tmp_path / "shut").mkdir(mode=0o700)
    var = tmp_path / "shut" / "var"
    var.mkdir()

    folder = Place(var).folder

    assert (folder == var / "postgres") == (os.geteuid() != 0)
    assert Place(var).folder == folder
    assert (tmp_path / "shut").stat().st_mode & 0o777 == 0o700


def test_cluster_of_another_version_is_refused_with_a_sentence():
    with pytest.raises(binaries.NoPostgres, match="PostgreSQL 9"):
        binaries.find(9)


def test_two_commands_at_once_share_one_server(own_var):
    environment = {**os.environ, "YIGE_VAR": str(own_var)}
    environment.pop("DATABASE_URL", None)
    words = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c"]
    ask = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT 1, pg_sleep(%s)'); print(k.fetchone()[0])"

    both = [
        subprocess.Popen(
            [*words, ask % seconds], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for seconds in (0.1, 2)
    ]

    assert [command.communicate(timeout=120)[0] for command in both] == ["1\n", "1\n"]
    assert [command.returncode for command in both] == [0, 0]
    assert leftovers.living(Place(own_var).cluster) == []
