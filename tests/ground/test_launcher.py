"""`make run` answers, heals, and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from config.launcher import leftovers
from config.launcher.children import Child, end_all
from config.launcher.place import Place

pytestmark = pytest.mark.skipif(
    not os.path.exists("/proc/self/environ"), reason="needs /proc to see processes"
)
KILL = """
import os, signal, sys, time
from pathlib import Path
from config.launcher import leftovers
until = time.monotonic() + 120
while time.monotonic() < until:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            mine = f"YIGE_VAR={sys.argv[2]}".encode() in (entry / "environ").read_bytes()
        except OSError:
            continue
        if b"config.launcher.prepare" in words and mine:
            pid = leftovers.postmaster(Path(sys.argv[1]))
            if pid:
                time.sleep(0.3)
                os.kill(pid, signal.SIGKILL)
                sys.exit(0)
    time.sleep(0.02)
sys.exit(1)
"""


def test_interrupt_leaves_no_process_behind(launcher):
    launcher.start()
    assert launcher.answer() == 200
    assert len(launcher.alive()) > 4

    launcher.process.send_signal(signal.SIGINT)

    assert launcher.process.wait(30) == 0
    assert launcher.alive() == []


def test_killed_launcher_takes_all_along_and_starts_again(launcher):
    launcher.start()
    launcher.process.kill()
    launcher.process.wait()

    launcher.wait_for(lambda: launcher.alive() == [])

    (launcher.var / "launcher.log").unlink()
    launcher.start()
    assert launcher.answer() == 200


def test_killed_database_comes_back_under_the_pages(launcher):
    launcher.start()
    os.kill(leftovers.postmaster(Place(launcher.var).cluster), signal.SIGKILL)

    launcher.wait_for(
        lambda: (
            launcher.answer() != 200
            or launcher.var.joinpath("launcher.log").read_text().count("数据库已退出")
        )
    )

    launcher.wait_for(lambda: launcher.answer() == 200)


def test_a_database_killed_during_the_start_is_tended(launcher):
    killer = subprocess.Popen(
        [sys.executable, "-c", KILL, str(Place(launcher.var).cluster), str(launcher.var)], cwd=os.getcwd()
    )

    launcher.start()

    assert killer.wait(5) == 0, "the database was not killed while the tables were prepared"
    assert "数据库已退出" in (launcher.var / "launcher.log").read_text()
    assert launcher.answer() == 200


def test_second_launcher_on_the_same_folder_is_refused(launcher):
    launcher.start()
    first = launcher.process

    with pytest.raises(AssertionError, match=r"已经有一格在运行|已被占用"):
        (launcher.var / "launcher.log").unlink()
        launcher.start()

    launcher.process = first
    assert launcher.answer() == 200


def test_child_of_one_task_is_not_started_again(tmp_path):
    child = Child("一次", ["/bin/sh", "-c", f"echo x >> {tmp_path}/runs"], dict(os.environ), once=True)
    child.tend(time.monotonic())
    child.process.wait()

    child.tend(time.monotonic())

    assert (tmp_path / "runs").read_text() == "x\n"


def test_crashing_child_comes_back_after_growing_pauses(tmp_path):
    child = Child("反复", ["/bin/sh", "-c", f"echo x >> {tmp_path}/runs; exit 3"], dict(os.environ))
    now, waited = time.monotonic(), []
    child.tend(now)
    for _ in range(6):
        child.process.wait()
        child.tend(now := now + 0.5)
        waited.append(child.pause)
        child.tend(now := child.again_at)

    end_all([child])
    assert waited == [2, 4, 8, 16, 30, 30]
