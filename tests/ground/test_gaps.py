"""Starts without a gap: a port that our own leftovers hold, a database that dies during the start or will not start."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from config.launcher import leftovers
from config.launcher.place import Place
from config.launcher.postgres import Cluster
from config.launcher.tended import TendedCluster
from config.server.words import APPLICATION

pytestmark = pytest.mark.skipif(
    not os.path.exists("/proc/self/environ"), reason="needs /proc to see processes"
)
HOLD = """
import signal, socket, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
with socket.create_server(("127.0.0.1", int(sys.argv[2]))):
    print("holds", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def held():
    """Start programs that hold a port and look like a web server of the launcher, or like one of somebody else."""
    started = []

    def hold(**environment):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            port = door.getsockname()[1]
        words = [sys.executable, "-c", HOLD, "--port", str(port), APPLICATION]
        process = subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.PIPE)
        process.stdout.readline()
        started.append(process)
        return port, process

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def test_leftovers_on_the_port_are_ended_when_they_do_not_end(held, tmp_path):
    port, process = held(YIGE_LAUNCHED="1", YIGE_VAR=str(tmp_path))

    leftovers.clear_port(port, str(tmp_path))

    assert process.wait(1) == -signal.SIGKILL
    with socket.create_server(("127.0.0.1", port)):
        assert leftovers.web_servers(port, str(tmp_path)) == []


@pytest.mark.parametrize("environment", [{}, {"YIGE_LAUNCHED": "1", "YIGE_VAR": "/elsewhere"}])
def test_what_is_not_ours_is_left_alone(held, tmp_path, environment):
    port, process = held(**environment)

    leftovers.clear_port(port, str(tmp_path))

    assert process.poll() is None


def test_a_database_that_will_not_start_is_tried_again_with_growing_pauses(own_var, capsys):
    cluster = Cluster(own_var, durable=False)
    cluster.start()
    database = TendedCluster(cluster)
    broken = Place(own_var).cluster / "postgresql.auto.conf"
    kept = broken.read_text()
    broken.write_text("shared_buffers = nonsense\n")
    cluster.server.send_signal(signal.SIGQUIT)
    cluster.server.wait()

    assert database.tend(time.monotonic())
    assert database.tend(time.monotonic())  # within the pause nothing is tried
    assert (database.pause, capsys.readouterr().out.count("正在重新启动")) == (2.0, 1)

    broken.write_text(kept)
    database.tend(database.again_at)
    assert not database.tend(time.monotonic())
    assert cluster.query("SELECT 1") == "1"
    cluster.stop()
