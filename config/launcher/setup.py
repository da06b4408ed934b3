"""The environment of the program: `.venv` with exactly what the lock names; runs on the standard library alone."""

import fcntl
import os
import shutil
import subprocess
import sys

from config.environment import CannotRun
from config.launcher.var import ROOT

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN, TEST, EMBEDDED = "requirements.lock", "requirements-test.lock", "requirements-embedded.lock"


class CannotInstall(CannotRun):
    """The packages could not be installed; the sentence says what to look at."""


def main() -> None:
    target = sys.argv[1] if len(sys.argv) > 1 else "run"
    try:
        prepare(TEST if target in ("test", "test-slow", "lint", "bench") else RUN)
    except CannotInstall as sentence:
        sys.exit(str(sentence))
    os.chdir(ROOT)
    if target != "setup":
        os.execv(PYTHON, [str(PYTHON), "-m", "config.launcher", *sys.argv[1:]])


def prepare(lock: str) -> None:
    """Bring `.venv` to the state the lock describes; nothing is asked of the network when it is there already."""
    folder = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        _make()
        install(lock)
        _write_command()
    finally:
        os.close(folder)


def install(lock: str) -> None:
    done = VENV / f"installed-{lock}"
    if done.exists() and done.read_bytes() == (ROOT / lock).read_bytes():
        return
    print(f"正在安装 {lock} 中的组件 …", flush=True)
    words = [
        "-qq",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
        "-r",
        str(ROOT / lock),
    ]
    if subprocess.run([PYTHON, "-m", "pip", "install", *words], check=False).returncode:
        raise CannotInstall(
            "组件安装失败：请检查能否访问 Python 软件源（PIP_INDEX_URL、代理），然后重试。"
            "(Installing the packages failed: check access to the package index, then try again.)"
        )
    shutil.copy(ROOT / lock, done)
    if lock == TEST:  # holds all of the other, at the same versions
        shutil.copy(ROOT / RUN, VENV / f"installed-{RUN}")


def _make() -> None:
    """A new `.venv` where there is none, or where its interpreter has gone."""
    if sys.prefix == str(VENV):
        return
    if PYTHON.exists() and not subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode:
        return
    print(f"正在用 Python {sys.version.split()[0]} 建立 .venv …", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False).returncode:
        raise CannotInstall("无法建立 .venv，原因见上。(Making .venv failed, see above.)")


def _write_command() -> None:
    """`.venv/bin/yige`; written here rather than by pip, which would ask the network for a build tool."""
    command = VENV / "bin" / "yige"
    text = f'#!/bin/sh\nexec "{PYTHON}" "{ROOT / "manage.py"}" "$@"\n'
    if not command.exists() or command.read_text() != text:
        command.write_text(text)
        command.chmod(0o755)


if __name__ == "__main__":
    main()
