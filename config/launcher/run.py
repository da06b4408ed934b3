"""`make run`: database, tables, static files, web server, background worker, demo; Ctrl-C ends all of it."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

from config.environment import BadSetting, env_bool, env_int, env_text
from config.launcher import binaries, leftovers, setup
from config.launcher.children import Child, end_all, say
from config.launcher.postgres import Cluster, end_with_parent
from config.launcher.tended import TendedCluster
from config.launcher.var import ROOT, var_folder
from config.server.words import web_words

READY_SECONDS = 60
PREPARE_TRIES = 5
ACCOUNTS = (
    ("street", "街道一级网格长"),
    ("desk", "事件受理台"),
    ("community", "社区二级网格长"),
    ("grid", "三级网格长"),
    ("worker", "网格员"),
    ("micro", "微网格员"),
    ("chengguan", "城管部门"),
    ("district", "区级统筹岗"),
    ("member", "联户党员"),
    ("hotline", "热线代录"),
    ("auditor", "审计员"),
    ("security", "安全管理员"),
    ("admin", "系统管理员"),
    ("registrar", "档案管理员"),
)
DEMO_PHONE = (
    "19900012345"  # of somebody in the demo who can sign in to 我的档案; the launcher runs without the house
)


class Ended(BaseException):
    """Somebody asked us to end."""


def main() -> int:
    _listen_to_signals()
    var = var_folder()
    try:
        with _alone(var), _database(var) as cluster:
            _serve(var, cluster)
    except Ended:
        print("\n已停止。", flush=True)
    return 0


def _serve(var: Path, cluster: Cluster | None) -> None:
    host, port = env_text("YIGE_HOST", "127.0.0.1"), env_int("YIGE_PORT", 8000, least=1, most=65535)
    if not _is_free(host, port):
        leftovers.clear_port(port, os.environ.get("YIGE_VAR", ""))
    _require_free(host, port)
    database = TendedCluster(cluster)
    environment = {**os.environ, "YIGE_LAUNCHED": "1", "PYTHONUNBUFFERED": "1"}
    _prepare({**environment, "YIGE_DATABASE_ROLE": "owner"}, database)
    # Without a database the background worker would wait long for it before it ends; its jobs are taken up again.
    worker = Child("后台任务", _worker(), environment, orphaned=signal.SIGKILL)
    children = [Child("网页服务", web_words(host, port), environment), worker]
    try:
        for child in children:
            child.tend(time.monotonic())
        _await_web(port, children[0], database)
        _tell(var, host, port)
        if _wants_demo() and (ROOT / "yige/demo/management/commands/seed.py").exists():
            children.append(Child("演示数据", _seed(), environment, once=True))
        _watch(children, database)
    finally:
        _ignore_signals()
        end_all(children)


def _worker() -> list[str]:
    # Several at once: a long import must not hold up the clock.
    words = ["procrastinate", "worker", "--concurrency", "3", "--shutdown-graceful-timeout", "8"]
    return [str(setup.PYTHON), str(ROOT / "manage.py"), *words]


def _seed() -> list[str]:
    """The first thousand cases; the pages can be used meanwhile, and the background worker does the rest."""
    return [str(setup.PYTHON), str(ROOT / "manage.py"), "seed", "--if-empty", "--first", "1000"]


def _wants_demo() -> bool:
    return env_bool("YIGE_DEMO", not os.environ.get("DATABASE_URL"))


def _watch(children: list[Child], database: TendedCluster) -> None:
    while True:
        database.tend(time.monotonic())
        for child in children:
            child.tend(time.monotonic())
        time.sleep(0.5)


def _prepare(environment: dict[str, str], database: TendedCluster) -> None:
    """Bring tables and static files up to date; a database that dies meanwhile is started, and it is done again."""
    for left in reversed(range(PREPARE_TRIES)):
        try:
            _do([setup.PYTHON, "-m", "config.launcher.prepare"], environment)
        except BadSetting:
            if not left or not database.tend(time.monotonic()):
                raise
        else:
            return


def _tell(var: Path, host: str, port: int) -> None:
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"  # noqa: S104
    say(f"\n一格已启动\n  居民入口  {address}/\n  工作台    {address}/console/")
    words = var / "secrets" / "demo_password"
    if _wants_demo():
        password = os.environ.get("YIGE_DEMO_PASSWORD") or words.read_text().strip()
        say(f"\n演示账号（密码都是 {password}）")
        for name, title in ACCOUNTS:
            say(f"  {name:<10} {title}")
        say(f"  我的档案演示电话 {DEMO_PHONE}（{address}/my/，验证码写在 {var / 'outbox'}）")
        say("第一次启动会在下面写入演示数据，页面现在就可以用，内容会逐渐增多。")
    say("\n按 Ctrl-C 停止。\n")


def _await_web(port: int, web: Child, database: TendedCluster) -> None:
    until, ailing = time.monotonic() + READY_SECONDS, ""
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError as answer:
            ailing = answer.read().decode()
        except (urllib.error.URLError, OSError):
            ailing = ""
        database.tend(time.monotonic())
        web.tend(time.monotonic())
        time.sleep(0.2)
    if ailing:  # it says itself what it lacks, and serves as soon as that is there
        say(ailing)
        return
    raise BadSetting("网页服务没有启动，原因见上。(The web server did not start, see above.)")


def _do(words: list, environment: dict[str, str]) -> None:
    """One step that must succeed before the next."""
    step = subprocess.Popen(
        [str(word) for word in words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent(signal.SIGTERM),
    )
    try:
        failed = step.wait()
    except Ended:
        step.terminate()
        step.wait()
        raise
    if failed:
        raise BadSetting(
            f"启动步骤失败，原因见上。(The step {' '.join(map(str, words[1:3]))} failed, see above.)"
        )


def _require_free(host: str, port: int) -> None:
    if not _is_free(host, port):
        raise BadSetting(
            f"端口 {host}:{port} 已被占用，可用 YIGE_PORT=8001 make run 换一个。(YIGE_PORT: the port is taken.)"
        )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError:
            return False
        return True


@contextmanager
def _alone(var: Path):
    """One launcher a folder; the kernel frees the lock whatever happens to us."""
    with open(var / "run.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadSetting(f"{var} 已经有一格在运行。(Another launcher runs on this folder.)") from None
        yield


def _database(var: Path):
    if os.environ.get("DATABASE_URL"):
        return nullcontext()
    cluster = Cluster(var)
    try:
        _ = cluster.programs
    except binaries.NoPostgres:
        setup.prepare(setup.EMBEDDED)
        binaries.refresh()
    return cluster.running()


def _listen_to_signals() -> None:
    def end(*_):
        raise Ended

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, end)
    if "MAKELEVEL" in os.environ and (follow := end_with_parent(signal.SIGTERM, os.getppid())):
        follow()  # `make` killed outright takes us along


def _ignore_signals() -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
