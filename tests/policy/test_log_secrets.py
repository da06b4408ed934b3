"""No line of any log says what opens a door: every address with a secret is driven into every refusal, and all is read."""

import io
import logging
import os
import re
import subprocess
import sys

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client

from config.launcher.var import ROOT, var_folder
from config.log_lines import without_secrets
from config.server.words import web_words
from tests.policy.test_routes import routes
from yige.lib.refusals import Refusal

pytestmark = pytest.mark.django_db
CANARY = "CANARY7Q2XV9KD"
UUID = "11111111-1111-4111-8111-111111111111"
PARTS = {"str:secret": CANARY, "str:token": CANARY, "str:digest": CANARY, "case:serial": "2026-000001-0"}
SECRET_ROUTES = sorted(route for route in routes() if re.search(r"<str:(secret|token|digest)>", route))


def address(route):
    filled = re.sub(
        r"<([^>]+)>", lambda part: PARTS.get(part[1], "progress" if "slug" in part[1] else UUID), route
    )
    return "/" + filled.lstrip("/")


def plain_handlers():
    """Every handler that writes a stream, on every logger; pytest's own are not part of the product."""
    known = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    handlers = {handler for logger in (logging.root, *known) for handler in logger.handlers}
    return [
        handler
        for handler in handlers
        if isinstance(handler, logging.StreamHandler) and not type(handler).__module__.startswith("_pytest")
    ]


@pytest.fixture
def streams():
    """All that the logs write, as one text."""
    text, before = io.StringIO(), {handler: handler.stream for handler in plain_handlers()}
    for handler in before:
        handler.setStream(text)
    yield text
    for handler, stream in before.items():
        handler.setStream(stream)


def away(execute, sql, params, many, context):
    raise OperationalError(f"server closed\nDETAIL:  Failing row contains ({CANARY}).")


def refusing(status):
    """Stand in for a verb that says no: every page passes the same handler, whichever of them asks the database."""

    def refuse(execute, sql, params, many, context):
        refusal = Refusal(f"{CANARY} 请等一会儿")
        refusal.status = status
        raise refusal

    return refuse


def mangled(path):
    """A link as it comes out of a chat, a scanner or a proxy: it opens nothing, and mended it opens the same door."""
    yield f"/x{path.replace('/', '//')}x/y"
    yield path.upper()
    yield path.replace(CANARY, f"{CANARY}...")
    yield path.replace(CANARY, f"/{CANARY}")
    yield path.replace(CANARY, f"%2F{CANARY}%2e")
    yield path.replace(CANARY, CANARY[:3] + f"%{ord(CANARY[3]):x}" + CANARY[4:])
    yield path.replace(CANARY, CANARY[:3] + f"%25{ord(CANARY[3]):x}" + CANARY[4:])
    yield "/wrong/prefix" + path.replace("/c/", "/case/").replace("/j/", "/k/").replace("/g/", "/qr/")
    yield f"/{CANARY}/" + path.lstrip("/")


def drive():
    """Ask every address with a secret in every way that is refused; return the answers' statuses."""
    browser = Client(raise_request_exception=False)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    got = set()
    for route in SECRET_ROUTES:
        path = address(route)
        got |= {browser.get(path).status_code, browser.get(f"{path}%01").status_code}
        got |= {browser.get(address).status_code for address in mangled(path)}
        got |= {strict.post(path).status_code, browser.delete(path).status_code}
        got.add(browser.post(path, {"secret": CANARY}, headers={"Host": "??"}).status_code)
        for fault in (away, *map(refusing, (409, 422, 429, 503))):
            with connection.execute_wrapper(fault):
                got.add(browser.get(path).status_code)
    return got


def test_no_stream_of_the_log_holds_a_secret(streams):
    got = drive()

    assert len(SECRET_ROUTES) >= 9
    assert {400, 403, 404, 405, 409, 422, 429, 503} <= got
    text = streams.getvalue()
    assert "Not Found: /" in text and "Traceback" in text
    assert [line for line in text.splitlines() if CANARY[4:].lower() in line.lower()] == []


def test_without_the_filter_the_same_drive_finds_secrets(streams):
    """The negative control: the framework's own lines do carry them."""
    before = {handler: handler.formatter for handler in plain_handlers()}
    for handler in before:
        handler.setFormatter(logging.Formatter("%(message)s"))
    try:
        drive()
    finally:
        for handler, formatter in before.items():
            handler.setFormatter(formatter)

    assert streams.getvalue().count(CANARY) > len(SECRET_ROUTES)


def test_the_web_servers_own_lines_pass_the_same_door(tmp_path):
    """As granian itself sets its log up, from the file that our command names."""
    words = web_words("127.0.0.1", 8000)
    told = words[words.index("--log-config") + 1]
    script = (
        "import json, logging, sys; from granian.log import LogLevels, configure_logging;"
        f"configure_logging(LogLevels.warning, json.load(open({told!r})));"
        f"[logging.getLogger(name).error('failed /c/2026-000001-0/{CANARY}/') for name in ('_granian', 'granian.access')]"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert done.stdout.count("failed /c/2026-000001-0/…") == 2
    assert CANARY not in done.stdout + done.stderr


@pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the log of another server is not ours to read"
)
def test_the_databases_log_says_what_failed_and_not_with_which_words():
    log = var_folder() / "postgres.log"
    before = log.stat().st_size
    for sql, params in (
        ("INSERT INTO accounts_bucket (key, level, at) VALUES (%s, NULL, now())", [CANARY]),
        (f"SELECT '{CANARY}', 1 / (SELECT 0)", []),
        ("SELECT 1 / (SELECT count(*) FROM accounts_bucket WHERE key = %s)", [CANARY]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    with log.open("rb") as file:
        file.seek(before)
        written = file.read().decode()

    assert written.count("division by zero") == 2
    assert "violates not-null constraint" in written
    assert CANARY not in written


def test_lines_of_the_worker_and_the_clock_pass_the_same_door(streams):
    for name in ("procrastinate.worker", "yige.clock", "granian", "py.warnings", "django.server"):
        try:
            raise ValueError(f"https://yige.example/c/2026-000001-0/{CANARY}/ token={CANARY}")
        except ValueError:
            logging.getLogger(name).exception("link /accounts/begin/%s/ failed", CANARY)

    assert streams.getvalue().count("Traceback") == 5
    assert CANARY not in streams.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /console/cases/2026-000001-0/",
        "Not Found: /console/households/11111111-1111-4111-8111-111111111111/",
        "Bad Request: /ledger/",
        "Forbidden (CSRF token missing.): /my/",
        "Not Found: /console/whistles/categories/facilities.street-lamp/2026-11/",
        "Not Found: /static/console/cases/case_list.js",
        '  File "/opt/yige/.venv/lib/python3.13/site-packages/django/db/backends/Utils2x.py", line 105, in _execute',
    ],
)
def test_what_opens_nothing_stays_readable(line):
    assert without_secrets(line) == line
