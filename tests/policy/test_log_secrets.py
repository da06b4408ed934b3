"""No line of any log says what opens a door: every address with a secret is driven into every refusal, and all is read."""

import io
import logging
import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config.log_lines import without_secrets
from tests.policy.test_routes import routes

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


def drive():
    """Ask every address with a secret in every way that is refused; return the answers' statuses."""
    browser = Client(raise_request_exception=False)
    strict = Client(raise_request_exception=False, enforce_csrf_checks=True)
    got = set()
    for route in SECRET_ROUTES:
        path = address(route)
        got |= {browser.get(path).status_code, browser.get(f"{path}%01").status_code}
        got |= {
            browser.get(f"/x{path.replace('/', '//')}x/y").status_code,
            browser.get(path.upper()).status_code,
        }
        got |= {strict.post(path).status_code, browser.delete(path).status_code}
        got.add(browser.post(path, {"secret": CANARY}, headers={"Host": "??"}).status_code)
        with connection.execute_wrapper(away):
            got.add(browser.get(path).status_code)
    return got


def test_no_stream_of_the_log_holds_a_secret(streams):
    got = drive()

    assert len(SECRET_ROUTES) >= 9
    assert {400, 403, 404, 405, 500} <= got
    text = streams.getvalue()
    assert "Not Found: /" in text and "Traceback" in text
    assert [line for line in text.splitlines() if CANARY.lower() in line.lower()] == []


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
    ],
)
def test_what_opens_nothing_stays_readable(line):
    assert without_secrets(line) == line
