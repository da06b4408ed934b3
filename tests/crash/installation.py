"""A whole installation of its own, as `make run` starts it, whose processes can be killed one by one."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config.launcher.postgres import Cluster
from config.launcher.var import ROOT
from config.server.words import APPLICATION, web_words

PATIENCE = 90


class Installation:
    def __init__(self, var: Path, application=APPLICATION):
        shutil.rmtree(var, ignore_errors=True)
        var.mkdir(mode=0o711, parents=True)
        self.var, self.application, self.port = var, application, free_port()
        self.cluster = Cluster(var)
        self.web = self.worker = self.sealer = None
        self.kills = dict.fromkeys(("web", "database", "worker", "sealer"), 0)

    def __enter__(self):
        self.cluster.start()
        self.run("config.launcher.prepare")
        self.town = json.loads(self.run("tests.crash.ground", "town"))
        self.start_web()
        self.wait_for_web()
        return self

    def __exit__(self, *_):
        for process in (self.web, self.worker, self.sealer):
            if process is not None:
                end(process)
        self.cluster.stop()
        shutil.rmtree(self.cluster.place.folder, ignore_errors=True)
        shutil.rmtree(self.var, ignore_errors=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more):
        mine = {
            "YIGE_VAR": str(self.var),
            "YIGE_PORT": str(self.port),
            "YIGE_DEMO": "1",
            "YIGE_PROXIES": "1",  # every report comes from an address of its own: floods are not the question
        }
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        return {**kept, **mine, **more}

    def run(self, module, *words):
        """Run a program of the project as the owner of the tables; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=ROOT, env=self.environment(YIGE_DATABASE_ROLE="owner"), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def start_web(self):
        self.web = subprocess.Popen(
            web_words("127.0.0.1", self.port, "--respawn-interval", "0.2", application=self.application),
            cwd=ROOT, env=self.environment(), start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start_worker(self):
        self.worker = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "procrastinate", "worker", "--concurrency", "3"],
            cwd=ROOT, env=self.environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start_sealer(self):
        self.sealer = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.ground", "seal"],
            cwd=ROOT, env=self.environment(), start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_for_web(self):
        """Wait until a page answers; a server that gave up after many crashes is started again, as the launcher does."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.web.poll() is not None:
                end(self.web)
                self.start_web()
            with (
                contextlib.suppress(urllib.error.URLError, OSError),
                urllib.request.urlopen(f"{self.url}/healthz", timeout=5),  # noqa: S310  our own
            ):
                return
            time.sleep(0.05)
        raise AssertionError("the web server does not come back")

    def kill_a_web_worker(self):
        """Kill one of the processes that answer, at a moment of chance; the others and the next take over."""
        self.wait_for_web()
        time.sleep(random.uniform(0.02, 0.25))
        workers = children(self.web.pid)
        if workers:
            kill(random.choice(workers))
            self.kills["web"] += 1

    def kill_the_database(self):
        """Kill the server and all its processes at once, as if the power of that machine had gone."""
        time.sleep(random.uniform(0.02, 0.25))
        leader = self.cluster.server
        for pid in [*children(leader.pid), leader.pid]:
            kill(pid)
        leader.wait()
        self.kills["database"] += 1
        self.cluster.start()

    def kill_the_worker(self):
        time.sleep(random.uniform(1.5, 5))
        os.killpg(self.worker.pid, signal.SIGKILL)
        self.worker.wait()
        self.kills["worker"] += 1
        self.start_worker()

    def kill_the_sealer(self):
        """Kill what seals without a pause, soon after it has begun; it is started again at once."""
        if self.sealer is None:
            self.start_sealer()
        time.sleep(random.uniform(0.8, 2.2))
        os.killpg(self.sealer.pid, signal.SIGKILL)
        self.sealer.wait()
        self.kills["sealer"] += 1
        self.start_sealer()

    def ask(self, sql):
        """Return the rows of a query to the database of this installation, by the superuser."""
        return [line.split("|") for line in self.cluster.query(sql, database="yige").splitlines()]


def children(pid):
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(word) for word in thread.read_text().split()]
    return found


def kill(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def end(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
