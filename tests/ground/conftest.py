"""Clusters and launchers of their own, so that killing them disturbs nobody."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.launcher import leftovers
from config.launcher.place import Place
from config.launcher.var import ROOT


@pytest.fixture
def own_var(tmp_path):
    """A folder for one installation, with the place its cluster chose taken away at the end."""
    with installation_in(tmp_path) as var:
        yield var


@pytest.fixture(scope="module")
def shared_var(tmp_path_factory):
    """The same for the tests of a file one after another: the first of them makes the database, the others find it."""
    with installation_in(tmp_path_factory.mktemp("installation")) as var:
        yield var


@contextmanager
def installation_in(folder):
    var = folder / "var"
    var.mkdir()
    yield var
    place = Place(var)
    if (var / "postgres-place").exists():
        leftovers.clear(place.cluster, place.socket)
        shutil.rmtree(place.folder, ignore_errors=True)
        shutil.rmtree(place.socket, ignore_errors=True)


START_SECONDS = 300  # a first start makes the database; on a busy machine that takes its time


class Launcher:
    """`make run` without make, in its own process."""

    def __init__(self, var: Path):
        with socket.socket() as door:
            door.bind(("127.0.0.1", 0))
            self.port = door.getsockname()[1]
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MAKELEVEL")
        }
        self.environment = {**kept, "YIGE_VAR": str(var), "YIGE_PORT": str(self.port), "YIGE_DEMO": "0"}
        self.var = var
        self.process = None

    def start(self):
        words = [sys.executable, "-m", "config.launcher", "run"]
        log = self.var / "launcher.log"
        with open(log, "ab") as file:
            self.process = subprocess.Popen(words, cwd=ROOT, env=self.environment, stdout=file, stderr=file)
        until = time.monotonic() + START_SECONDS
        while "Ctrl-C" not in log.read_text():
            assert self.process.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.1)

    def answer(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def alive(self) -> list[int]:
        """Every process that belongs to this installation, told by its environment or its cluster."""
        mark = f"YIGE_VAR={self.var}".encode()
        marked = [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and mark in _said(entry)
        ]
        return sorted({*marked, *leftovers.living(Place(self.var).cluster)})

    def wait_for(self, question, seconds=30):
        until = time.monotonic() + seconds
        while not question():
            assert time.monotonic() < until, (self.var / "launcher.log").read_text()
            time.sleep(0.1)


def _said(entry: Path) -> list[bytes]:
    try:
        return (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


@pytest.fixture
def launcher(shared_var):
    launcher = Launcher(shared_var)
    (shared_var / "launcher.log").unlink(missing_ok=True)
    yield launcher
    if launcher.process is not None and launcher.process.poll() is None:
        launcher.process.kill()
        launcher.process.wait()
