"""What every kind of answer says to the browser, word for word."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.test import Client

from config.launcher.var import ROOT
from config.server.calm_page import calm_answer
from tests.accounts.doors import sign_in
from tests.policy import places
from tests.portal import residents
from tests.scenes import scene

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; media-src 'none'; frame-src 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; report-uri /csp-report/"
)
PERMISSIONS = (
    "geolocation=(self), camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), "
    "microphone=(), payment=(), usb=(), midi=(), serial=(), browsing-topics=(), display-capture=()"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
PRIVATE = "private, no-store"


@scene
def values(here):
    return places.make(here)


def said(response):
    return {name: response.headers.get(name) for name in ALWAYS}


@pytest.mark.parametrize(
    "path", ["/", "/report/", "/ledger/", "/about/", "/accounts/login/", "/nothing/", "/healthz"]
)
def test_public_pages_say_all_of_it(db, client, path):
    assert said(client.get(path)) == ALWAYS


def test_no_style_or_script_may_stand_in_a_page():
    assert "unsafe" not in CSP
    assert "*" not in CSP


def test_pages_of_staff_are_kept_by_nobody(here, client):
    client.force_login(here.grid_head)
    response = client.get("/console/")

    assert said(response) == ALWAYS
    assert set(response.headers["Cache-Control"].split(", ")) >= set(PRIVATE.split(", "))


@pytest.mark.parametrize("page", ["", "sent/", "slip/"])
def test_pages_behind_a_secret_are_kept_by_nobody(values, page):
    response = Client().get(values.address("c/<case:serial>/<str:secret>/") + page)

    assert said(response) == ALWAYS
    assert set(response.headers["Cache-Control"].split(", ")) >= set(PRIVATE.split(", "))


def test_photo_is_a_picture_and_nothing_else(values):
    response = Client().get(values.address("c/<case:serial>/<str:secret>/photo/<uuid:pk>/"))

    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"] or "private" in response.headers["Cache-Control"]


def test_cookies_are_hidden_from_scripts_and_from_other_sites(here, client):
    client.force_login(here.grid_head)
    client.get("/report/")
    client.get("/console/")

    for name, cookie in client.cookies.items():
        assert cookie["samesite"] in ("Lax", "Strict"), name
        if name in ("session", "csrf"):
            assert cookie["httponly"], name


@pytest.mark.parametrize(
    "path", ["/console/cases/views/save/", "/report/", "/platform/", "/lookup/", "/accounts/login/"]
)
def test_post_without_its_token_is_refused(here, path):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(here.grid_head)

    assert browser.post(path, {}).status_code == 403


def test_no_refusal_tells_another_site_which_link_was_open(values):
    link = values.address("c/<case:serial>/<str:secret>/")
    browser = Client(raise_request_exception=False)
    refused = {
        response.status_code: response.headers.get("Referrer-Policy")
        for response in (
            browser.get(link[:-3] + "/"), browser.get(link + "%01"), browser.delete(link), browser.get(link),
            Client(enforce_csrf_checks=True).post(link + "progress/"),
            browser.post("/report/", {}, CONTENT_LENGTH=str(10**9)),
        )
    }  # fmt: skip
    calm = {
        status: dict(calm_answer(status, lambda name: None)[0])["referrer-policy"] for status in (408, 503)
    }

    assert {200, 400, 403, 404, 405, 413} <= set(refused)
    assert set({**refused, **calm}.values()) == {"same-origin"}


def test_log_out_clears_what_the_browser_kept(here):
    browser = Client()
    sign_in(browser, "desk")
    asked = browser.get("/accounts/logout/")
    done = browser.post("/accounts/logout/")

    assert "Clear-Site-Data" not in asked.headers
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/console/").status_code == 302


def test_signing_out_of_the_own_file_clears_pages_and_leaves_an_unsent_report(values):
    browser = Client()
    residents.sign_in(browser, "19900000001")

    assert browser.post("/my/sign-out/").headers["Clear-Site-Data"] == '"cache"'


def test_names_of_cookies_hold_them_to_https_and_this_host():
    script = (
        "import django; from django.conf import settings; django.setup();"
        "from yige.accounts import login_guard; from yige.portal import resident, visitor;"
        "print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, login_guard.COOKIE, visitor.COOKIE, resident.COOKIE)"
    )
    names = {}
    for url in ("https://yige.example", "http://127.0.0.1:8000"):
        told = os.environ | {"YIGE_PUBLIC_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, env=told, check=True
        )  # fmt: skip
        names[url[:5]] = done.stdout.split()

    assert names == {
        "https": ["__Host-session", "__Host-csrf", "__Host-known", "__Host-phone", "__Secure-resident"],
        "http:": ["session", "csrf", "known", "yg-phone", "yg-resident"],
    }


def test_security_txt_names_somebody_and_a_day(db, client, settings):
    settings.YIGE_PUBLIC_URL = "https://yige.example"
    plain = client.get("/.well-known/security.txt")
    settings.YIGE_SECURITY_CONTACT = "mailto:safety@yige.example"
    named = client.get("/.well-known/security.txt")

    assert plain.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert plain.text.splitlines()[0] == "Contact: https://yige.example/platform/"
    assert named.text.splitlines()[0] == "Contact: mailto:safety@yige.example"
    assert [line.partition(":")[0] for line in named.text.splitlines()] == [
        "Contact", "Expires", "Preferred-Languages", "Canonical"
    ]  # fmt: skip


def report_of(**said):
    return json.dumps({"csp-report": said})


@pytest.fixture
def csp_lines(caplog):
    caplog.set_level(logging.WARNING, "yige.csp")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "yige.csp"]


def send_report(body, kind="application/csp-report", **more):
    strict = Client(enforce_csrf_checks=True)
    return strict.post("/csp-report/", body, content_type=kind, **more).status_code


def test_a_report_of_a_browser_is_a_line_without_addresses(db, csp_lines):
    said = {
        "document-uri": "https://yige.example/c/2026-000001-0/CANARY7/",
        "blocked-uri": "https://evil.example/CANARY7",
    }

    assert send_report(report_of(**said, **{"effective-directive": "script-src-elem"})) == 204
    assert csp_lines() == ["the browser refused by script-src-elem: another address"]


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "{", "7", '{"csp-report": 7}', '{"csp-report": {"violated-directive": {"a": 1}}}', "[" * 9000,
        report_of(**{"violated-directive": "CANARY 反映人"}), "x" * 20_000, b"\xff\x00\xfe",
    ],
    ids=range(11),
)  # fmt: skip
def test_rubbish_sent_as_a_report_is_nothing(db, csp_lines, body):
    assert send_report(body) == 204
    assert csp_lines() == []


def test_a_flood_of_reports_is_few_lines(db, csp_lines):
    body = report_of(**{"violated-directive": "img-src https:", "blocked-uri": "inline"})
    got = {send_report(body) for _ in range(40)}

    assert (got, len(csp_lines())) == ({204}, 30)


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away(here, client, to):
    for path in ("/accounts/login/", "/care/on/", "/accounts/logout/"):
        response = client.get(path, {"next": to}, headers={"referer": to})
        assert "evil.example" not in response.headers.get("Location", "")
        assert "javascript:" not in response.headers.get("Location", "")
