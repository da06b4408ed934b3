"""Every address is in one list written by hand: who may open it, and what everybody else gets."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from tests.factories import PEOPLE as ROLES
from tests.policy import files, places, rosters, visits
from tests.scenes import scene
from yige.audit.models import LogEntry

with (Path(__file__).parent / "routes.csv").open(newline="") as rows:
    POLICY = {row["route"]: row for row in csv.DictReader(rows)}
EVERYBODY = (*ROLES, "former", "idle")
# Tables that know only that somebody came by: log-ins, how often, and what the log-in page counts.
PASSING = (
    "django_session",
    "usersessions_usersession",
    "accounts_bucket",
    "accounts_loginmark",
    "accounts_user",
)


def routes(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here or "/"
        else:
            yield from routes(pattern.url_patterns, here)


@scene
def values(here):
    return places.make(here)


@pytest.fixture
def browsers(here):
    """A log-in for everybody, and nobody's."""
    found = {"": Client()}
    for name in EVERYBODY:
        found[name] = Client()
        found[name].force_login(getattr(here, name))
    return found


def test_every_route_is_in_the_policy_and_the_policy_names_no_other():
    known = set(routes())

    assert known - set(POLICY) == set()
    assert set(POLICY) - known == set()


def expected(row, name):
    """Return what somebody gets from GET: the page, the log-in, “no post yet”, or nothing to be seen."""
    status = int(row["get"])
    if row["who"] in ("anyone", "link", "signed-out") or status == 405 or name in places.named(row["who"]):
        return status
    if not name:
        return 302
    return 403 if name in ("former", "idle") else 404


def test_everybody_gets_from_every_page_what_the_policy_says(values, browsers):
    wrong = []
    for route, row in POLICY.items():
        some = {"signed-out": ("",), "anyone": ("", "worker", "idle"), "link": ("", "worker", "idle")}
        for name in some.get(row["who"], browsers):
            got = browsers[name].get(values.address(route)).status_code
            if got != expected(row, name):
                wrong.append(f"{route} {name or 'nobody'}: {got} instead of {expected(row, name)}")

    assert "\n".join(wrong) == ""


def test_nobody_else_can_post_to_a_page_of_the_console(values, browsers):
    wrong, lines = [], LogEntry.objects.count()
    for route, row in POLICY.items():
        allowed = places.named(row["who"])
        for name, browser in browsers.items():
            if not route.startswith("console/") or name in allowed:
                continue
            got = browser.post(values.address(route)).status_code
            if got not in ({302, 405} if not name else {403, 404, 405, 422}):
                wrong.append(f"{route} {name or 'nobody'}: {got}")

    assert "\n".join(wrong) == ""
    assert LogEntry.objects.count() == lines


def written(said):
    """Return the statements that change a row."""
    starts = ("INSERT", "UPDATE", "DELETE")
    return [
        sql
        for query in said.captured_queries
        if (sql := query["sql"].strip()).startswith(starts) or "AS (INSERT" in sql
    ]


def is_passing(route, sql):
    """Whether it only says that somebody came by; who reads the log is written into the log."""
    return any(table in sql for table in PASSING) or (
        (
            route.startswith("console/audit/")
            or route in (*files.WRITE_A_LINE, *visits.WRITE_A_LINE, *rosters.WRITE_A_LINE)
        )
        and "audit_logentry" in sql
    )


def test_looking_changes_nothing(values, browsers):
    """A GET writes no row but those that say that somebody is logged in or came too often."""
    wrong = []
    for route, row in POLICY.items():
        who = sorted(places.named(row["who"]) & set(browsers)) or [""]
        with CaptureQueriesContext(
            connection,
        ) as said:
            browsers[who[0]].get(values.address(route))
        wrong += [f"{route}: {sql[:90]}" for sql in written(said) if not is_passing(route, sql)]

    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("secret", ["0" * 20, "x", "Ｏ" * 20])
def test_guessed_link_opens_nothing_whatever_follows_it(values, browsers, secret):
    values.common["str:secret"] = secret
    values.own["j/<uuid:pk>/<str:secret>/"]["str:secret"] = secret
    opened = {
        route: browsers[""].get(values.address(route)).status_code
        for route, row in POLICY.items()
        if row["who"] == "link"
    }

    assert set(opened.values()) <= {404, 405}
    assert opened["c/<case:serial>/<str:secret>/"] == 404


def test_link_of_one_case_opens_no_other(here, values, browsers):
    from tests.factories import reported

    values.common["case:serial"] = reported(here).number

    assert browsers[""].get(values.address("c/<case:serial>/<str:secret>/")).status_code == 404


def test_second_factor_stands_before_the_pages_of_those_who_need_it(values, browsers, settings):
    settings.YIGE_SECOND_FACTOR = True
    got = {name: browsers[name].get("/console/").headers.get("Location", "") for name in ROLES}
    asked = {name for name, to in got.items() if "/accounts/2fa/" in to}

    keepers = {"registrar", "second_registrar", "other_registrar"}
    assert asked == {"street_head", "desk", "other_desk", "seat", "auditor", "security", "system"} | keepers
