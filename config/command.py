"""The command `yige`: Django's commands, each with the database role it needs and a database that runs."""

import fcntl
import os
import sys
from contextlib import contextmanager, nullcontext

from config.environment import CannotRun

# The application's own role may not change tables, nor the log; these commands may.
OWNERS = {
    "migrate",
    "makemigrations",
    "createcachetable",
    "grant",
    "flush",
    "sqlmigrate",
    "backup",
    "restore",
}
WITHOUT_DATABASE = {
    "help",
    "check",
    "collectstatic",
    "diffsettings",
    "version",
    "--version",
    "--help",
    "-h",
    "run",
}
OF_THE_DEMO = {"seed"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if not command.startswith("-"):  # yige rotate-keys: a command is a module, whose name has no hyphen
        command = command.replace("-", "_")
        sys.argv[1:2] = [command]
    if command in OWNERS:
        os.environ.setdefault("YIGE_DATABASE_ROLE", "owner")
    try:
        _require_demo(command)
        with _database(command):
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except CannotRun as sentence:
        sys.exit(str(sentence))


def _require_demo(command: str) -> None:
    """Say why a command of the demo is not there, rather than that nobody knows it."""
    if command not in OF_THE_DEMO:
        return
    from django.conf import settings

    if "yige.demo" not in settings.INSTALLED_APPS:
        raise CannotRun(
            "这里没有装演示，不能填充演示数据；要试用，请设置环境变量 YIGE_DEMO=1 再运行。"
            "(The demo is not installed here; to try it, set YIGE_DEMO=1.)"
        )


def _database(command: str):
    """The private database, started for this one command if nobody else runs it."""
    if os.environ.get("DATABASE_URL") or command in WITHOUT_DATABASE:
        return nullcontext()
    from config.launcher.postgres import Cluster
    from config.launcher.var import var_folder

    return _shared(Cluster(var_folder()))


@contextmanager
def _shared(cluster):
    """Several commands at once use the server of the first, which stops it when the last is done."""
    with open(cluster.place.var / "commands.lock", "w") as others:
        fcntl.flock(others, fcntl.LOCK_SH)
        with cluster.running():
            try:
                yield
            finally:
                if cluster.server is not None:
                    fcntl.flock(others, fcntl.LOCK_EX)
