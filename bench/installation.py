"""Where the measurements run: a cluster of their own under var/bench, a web server as in production."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass

from config.launcher.postgres import Cluster
from config.launcher.var import var_folder
from config.server.words import web_words

PORTS = {"product": 8917, "floor": 8918}
SETTINGS = {"product": "config.settings", "floor": "bench.floor_settings"}


@dataclass
class Place:
    """What a workload needs: addresses, process ids to count, and the staff's session cookie."""

    servers: dict
    cluster: Cluster
    cookies: dict
    closings: int

    def url(self, server="product"):
        return f"http://127.0.0.1:{PORTS[server]}"

    def pids(self, server="product"):
        """The web server's and the database's process ids, in this order."""
        return [self.servers[server].pid, self.cluster.server.pid]


@contextmanager
def open_place(cases, closings):
    """Start everything, fill it with so many cases unless they are there, and end it all afterwards."""
    refuse_taken_ports()
    os.environ["YIGE_VAR"] = str(var_folder() / "bench")
    os.environ["YIGE_DEMO"] = "1"
    os.environ["YIGE_PROXIES"] = (
        "1"  # each report comes from an address of its own: the limits are not measured
    )
    cluster, servers = Cluster(var_folder()), {}
    cluster.start()
    try:
        step("config.launcher.prepare")
        step("bench.case_rows", str(cases))
        for name, settings in SETTINGS.items():
            servers[name] = serve(PORTS[name], settings)
        for name in servers:
            wait_for(f"http://127.0.0.1:{PORTS[name]}/healthz")
        yield Place(servers, cluster, cookies(), closings)
    finally:
        for server in servers.values():
            server.terminate()
            server.wait(20)
        cluster.stop()


def refuse_taken_ports():
    """Two servers on one port share its requests in silence, and every figure would be of both."""
    for port in PORTS.values():
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                raise SystemExit(f"port {port} is taken: another measurement is running")


def step(module, *words):
    environment = {**os.environ, "YIGE_DATABASE_ROLE": "owner"}
    subprocess.run([sys.executable, "-m", module, *words], env=environment, check=True, stdout=sys.stderr)


def serve(port, settings):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "YIGE_PORT": str(port)}
    return subprocess.Popen(web_words("127.0.0.1", port), env=environment, stdout=sys.stderr)


def wait_for(url):
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise SystemExit(f"{url} does not answer")


def cookies():
    """Return the session cookies of the measuring accounts, made by `bench.case_rows`."""
    command = [sys.executable, "-m", "bench.case_rows", "cookies"]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(line.split("=", 1) for line in said.split())
