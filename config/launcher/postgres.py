"""The private PostgreSQL of a trial installation, of the tests and of the benchmarks."""

import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.environment import CannotRun
from config.launcher import binaries, leftovers
from config.launcher.place import APP, NAME, OWNER, PORT, SUPERUSER, Place, server_user

START_SECONDS = 60
PR_SET_PDEATHSIG = 1


class CannotStart(CannotRun):
    """The database server did not come up; the sentence says where to look."""


class Cluster:
    """One PostgreSQL cluster that we init, start and stop ourselves, never as root."""

    def __init__(self, var: Path, *, durable: bool = True):
        self.place = Place(var)
        self.durable = durable
        self.server: subprocess.Popen | None = None

    @property
    def programs(self) -> binaries.Binaries:
        version = self.place.cluster / "PG_VERSION"
        return binaries.find(int(version.read_text()) if version.exists() else None)

    @contextmanager
    def running(self) -> Iterator["Cluster"]:
        """Keep the cluster up for a while; one that already runs is used and left running."""
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        """Start the server as our child, unless a living one of this cluster already answers."""
        with open(self.place.var / "postgres.lock", "w") as turn:
            fcntl.flock(
                turn, fcntl.LOCK_EX
            )  # of two that start at once one inits, the other finds it running
            self._start()

    def _start(self) -> None:
        if leftovers.postmaster(self.place.cluster) and self._answers():
            return
        self._prepare_folders()
        self._init()
        if not leftovers.clear(self.place.cluster, self.place.socket):
            raise CannotStart(
                "旧的数据库进程无法结束，请重启电脑后再试。(An old server process does not end.)"
            )
        self.server = self._launch()
        self._wait()
        self._ensure_roles()

    def died(self) -> bool:
        """Whether the server has gone without being asked to."""
        if self.server is not None:
            return self.server.poll() is not None
        return leftovers.postmaster(self.place.cluster) is None

    def stop(self) -> None:
        """Stop the server if it is our child; clients are sent away, nothing committed is lost."""
        if self.server is None or self.server.poll() is not None:
            return
        self.server.send_signal(signal.SIGINT)
        try:
            self.server.wait(30)
        except subprocess.TimeoutExpired:
            self.server.send_signal(signal.SIGQUIT)
            self.server.wait(30)

    def query(self, sql: str, *, database: str = "postgres") -> str:
        """Run SQL as superuser through psql."""
        done = self._run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)
        if done.returncode:
            raise CannotStart(f"PostgreSQL 拒绝了命令: {done.stderr.strip()}")
        return done.stdout.strip()

    def _prepare_folders(self) -> None:
        self.place.folder.mkdir(parents=True, exist_ok=True)
        self.place.socket.mkdir(mode=0o700, parents=True, exist_ok=True)
        user = server_user()
        if user:
            os.chown(self.place.folder, user.pw_uid, user.pw_gid)
            os.chown(self.place.socket, user.pw_uid, user.pw_gid)

    def _init(self) -> None:
        if (self.place.cluster / "PG_VERSION").exists():
            return
        draft = self.place.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        words = self.place.folder / "password.new"
        self._write_private(words, self.place.password(SUPERUSER))
        done = self._run(
            *("initdb", "-D", str(draft), "-U", SUPERUSER, "-A", "scram-sha-256", f"--pwfile={words}"),
            *("--locale=C.UTF-8", "--encoding=UTF8", "--no-instructions"),
            *(() if self.durable else ("--no-sync",)),
        )
        words.unlink()
        if done.returncode:
            raise CannotStart(
                f"数据库初始化失败 (initdb failed): {done.stderr.strip() or done.stdout.strip()}"
            )
        # A launcher killed half-way leaves a draft, never half a cluster.
        draft.rename(self.place.cluster)

    def _launch(self) -> subprocess.Popen:
        log = os.open(self.place.var / "postgres.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        settings = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": self.place.socket,
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "max_connections": 100,
            "shared_buffers": "128MB",
            # Compiling a statement of figures took 3.2 s, running it 0.07 s: our statements are many and short.
            "jit": "off",
            # A refused statement and its row hold names, numbers and links; the message alone says what was wrong.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "fsync": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        try:
            return subprocess.Popen(
                [self.programs.path("postgres"), "-D", str(self.place.cluster), *options],
                cwd=self.place.folder,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the launcher, which stops the server last
                preexec_fn=end_with_parent(signal.SIGINT),
                **self._as_user(),
            )
        finally:
            os.close(log)

    def _wait(self) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._answers():
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise CannotStart(
            f"数据库没有启动，原因见 {self.place.var / 'postgres.log'} (the database did not start)"
        )

    def _answers(self) -> bool:
        return self._run("psql", "-XAtq", "-d", "postgres", "-c", "SELECT 1").stdout.strip() == "1"

    def _ensure_roles(self) -> None:
        owner, app = self.place.password(OWNER), self.place.password(APP)
        have = self.query("SELECT rolname FROM pg_roles").split()
        if OWNER not in have:
            self.query(f"CREATE ROLE {OWNER} LOGIN CREATEDB")
        if APP not in have:
            self.query(f"CREATE ROLE {APP} LOGIN")
        self.query(f"ALTER ROLE {OWNER} PASSWORD '{owner}'; ALTER ROLE {APP} PASSWORD '{app}'")
        if NAME not in self.query("SELECT datname FROM pg_database").split():
            self.query(f"CREATE DATABASE {NAME} OWNER {OWNER}")
            self.query(
                f"REVOKE ALL ON DATABASE {NAME} FROM PUBLIC; GRANT CONNECT ON DATABASE {NAME} TO {APP}"
            )

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self.programs.path(program), *words],
            cwd=self.place.folder,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._as_user(),
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            "PGHOST": str(self.place.socket),
            "PGPORT": str(PORT),
            "PGUSER": SUPERUSER,
            "PGPASSWORD": self.place.password(SUPERUSER),
            "PGCONNECT_TIMEOUT": "5",
        }

    def _as_user(self) -> dict[str, object]:
        user = server_user()
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}

    def _write_private(self, path: Path, text: str) -> None:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        user = server_user()
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)


def end_with_parent(sign: signal.Signals, parent: int | None = None):
    """A preexec function: the kernel sends the child `sign` when we die, even by kill -9 (Linux only)."""
    parent = parent or os.getpid()
    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return None

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), sign)

    return ask_kernel
