"""What every kind of answer says to the browser, word for word."""

import pytest
from django.test import Client

from tests.policy import places
from tests.scenes import scene

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; media-src 'none'; frame-src 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away(here, client, to):
    for path in ("/accounts/login/", "/care/on/", "/accounts/logout/"):
        response = client.get(path, {"next": to}, headers={"referer": to})
        assert "evil.example" not in response.headers.get("Location", "")
        assert "javascript:" not in response.headers.get("Location", "")
