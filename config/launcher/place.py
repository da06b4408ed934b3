"""Where the private database lives, and with which words one gets in; decided once and written down."""

import hashlib
import os
import pwd
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from config.environment import keep

PORT = 5432
HOME = Path("/var/lib/yige")  # where root keeps what the server must reach and the checkout hides
NAME, SUPERUSER, OWNER, APP = "yige", "yige_super", "yige_owner", "yige_app"
SOCKET_PATH_LIMIT = 107 - len(f"/.s.PGSQL.{PORT}.lock")


@dataclass(frozen=True)
class Place:
    """The folders and passwords of one private cluster."""

    var: Path

    @cached_property
    def folder(self) -> Path:
        """The cluster's folder: under `var`, or where the server's user can reach it."""
        return Path(keep(self.var / "postgres-place", lambda: str(self._choose())))

    @property
    def cluster(self) -> Path:
        return self.folder / "data"

    @cached_property
    def socket(self) -> Path:
        inside = self.folder / "socket"
        return inside if len(str(inside)) <= SOCKET_PATH_LIMIT else Path("/tmp") / f"yige-{self._mark}"  # noqa: S108

    def password(self, role: str) -> str:
        return keep(self.var / "secrets" / f"database_{role}", lambda: secrets.token_urlsafe(24))

    def database(self, role: str) -> dict[str, object]:
        """The keys of Django's DATABASES entry."""
        return {
            "NAME": NAME,
            "USER": role,
            "PASSWORD": self.password(role),
            "HOST": str(self.socket),
            "PORT": str(PORT),
            "OPTIONS": {},
        }

    @property
    def _mark(self) -> str:
        return hashlib.sha256(str(self.var).encode()).hexdigest()[:12]

    def _choose(self) -> Path:
        inside = self.var / "postgres"
        if os.geteuid() != 0 or passable(self.var):
            return inside
        return HOME / self._mark


def server_user() -> pwd.struct_passwd | None:
    """The account the server runs under when root starts it; PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("neither the account postgres nor nobody exists")


def passable(folder: Path) -> bool:
    """Whether every account of the machine can get into the folder."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))
