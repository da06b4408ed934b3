"""The CPU and memory of processes with all their children, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def children():
    """Return {parent pid: [pids]} of every process there is."""
    tree = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            tree.setdefault(int(fields[1]), []).append(int(entry.name))
    return tree


def family(pids):
    """Return these processes and all below them."""
    tree, found, todo = children(), [], list(pids)
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += tree.get(pid, [])
    return found


def milliseconds(pids):
    """Return the CPU used so far by these processes and their children, living or reaped, in ms."""
    total = 0
    for pid in family(pids):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += int(fields[11]) + int(fields[12])
        if pid in pids:  # what ended children left behind counts once, at the top
            total += int(fields[13]) + int(fields[14])
    return total * 1000 / TICKS


def resident_mb(pid):
    """Return the resident memory of one process in MB, and its proportional share (PSS)."""
    rollup = dict(
        line.split(":")[:2] for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    )
    return int(rollup["Rss"].split()[0]) / 1024, int(rollup["Pss"].split()[0]) / 1024
