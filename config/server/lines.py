"""What the kernel does for us: it cuts lines whose other end reads nothing, and allows as many lines as it may."""

import contextlib
import os
import resource
import socket
import stat
from pathlib import Path

DEAF_SECONDS = 60


def allow_many_lines() -> None:
    """Raise the limit of open files, 1024 by habit, to what this process may have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def cut_deaf_lines() -> None:
    """Ask it of the socket that listens, from which every line inherits it (Linux only)."""
    if not hasattr(socket, "TCP_USER_TIMEOUT"):
        return
    for door in listening_sockets():
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAF_SECONDS * 1000)
        door.detach()  # it belongs to the server


def listening_sockets() -> list[socket.socket]:
    """Return the sockets of this process on which it listens for lines of TCP; the server hands them to nobody."""
    found = []
    for entry in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            number = int(entry.name)
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            door = socket.socket(fileno=number)
            if (
                door.type == socket.SOCK_STREAM
                and door.family in (socket.AF_INET, socket.AF_INET6)
                and listens(door)
            ):
                found.append(door)
            else:
                door.detach()
    return found


def listens(door: socket.socket) -> bool:
    return bool(door.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
