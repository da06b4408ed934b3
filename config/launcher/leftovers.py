"""What a killed launcher or a killed server leaves behind, and how it is cleared without harm."""

import contextlib
import os
import signal
import time
from pathlib import Path

from config.server.words import APPLICATION

PATIENCE = ((signal.SIGINT, 20), (signal.SIGQUIT, 10), (signal.SIGKILL, 10))


def postmaster(cluster: Path) -> int | None:
    """The living server's process id, if the recorded one really serves this folder."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if pid in living(cluster) else None


def living(cluster: Path) -> list[int]:
    """Every process that works in this folder; servers and their children live in their data folder."""
    if not Path("/proc/self").exists():
        return _recorded(cluster)
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _works_in(entry, cluster)
    ]


def clear(cluster: Path, socket: Path) -> bool:
    """End what is left and take away its marks, which a reused process id would turn into a closed door."""
    for sign, seconds in PATIENCE:
        leader = postmaster(cluster)
        # Without their leader the children end by themselves; the first signal is for a leader only.
        for pid in [leader] if leader else living(cluster) if sign != signal.SIGINT else []:
            _send(pid, sign)
        if _gone(cluster, seconds):
            break
    else:
        return False
    for mark in (cluster / "postmaster.pid", *socket.glob(".s.PGSQL.*")):
        mark.unlink(missing_ok=True)
    return True


def web_servers(port: int, var: str) -> list[int]:
    """Web servers on this port that a killed launcher of this checkout and this folder left behind."""
    words, place = [APPLICATION.encode(), b"--port", str(port).encode()], f"YIGE_VAR={var}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (entry / "cmdline").read_bytes().split(b"\0")
            told = (entry / "environ").read_bytes().split(b"\0")
            ours = b"YIGE_LAUNCHED=1" in told and (place in told if var else not _names_a_folder(told))
            if all(word in said for word in words) and ours and not _zombie(entry):
                found.append(int(entry.name))
    return found


def _names_a_folder(environment: list[bytes]) -> bool:
    return any(pair.startswith(b"YIGE_VAR=") for pair in environment)


def clear_port(port: int, var: str) -> None:
    """Wait for our own leftovers on a port to end, and end those that do not; what is not ours is left alone."""
    for sign, seconds in ((None, 10), (signal.SIGKILL, 5)):
        for pid in web_servers(port, var) if sign else []:
            _send(pid, sign)
        until = time.monotonic() + seconds
        while web_servers(port, var) and time.monotonic() < until:
            time.sleep(0.1)


def _gone(cluster: Path, seconds: int) -> bool:
    until = time.monotonic() + seconds
    while living(cluster):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _works_in(entry: Path, cluster: Path) -> bool:
    try:
        return os.readlink(entry / "cwd") == str(cluster) and not _zombie(entry)
    except OSError:
        return False


def _zombie(entry: Path) -> bool:
    return (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"


def _recorded(cluster: Path) -> list[int]:
    """Without /proc the server's own record is all there is."""
    try:
        pid = int((cluster / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return []
    return [pid]


def _send(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, sign)
