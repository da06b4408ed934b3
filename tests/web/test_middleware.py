import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from yige.web.middleware import CleanInput, Headers


def through(request):
    seen = {}

    def view(given):
        seen["post"] = given.POST
        return HttpResponse("好")

    return CleanInput(view)(request), seen


@pytest.mark.parametrize("address", ["/ledger/?q=%00", "/ledger/?q=a%0Bb", "/ledger/?%00=1", "/g/%00/"])
def test_control_characters_in_an_address_get_a_calm_400(address):
    response, seen = through(RequestFactory().get(address))

    assert response.status_code == 400
    assert "读不出来" in response.text
    assert not seen


def test_control_characters_in_typed_words_are_taken_out():
    request = RequestFactory().post("/report/", {"words": "路灯\x00不亮\x0b\n第二行😀"})

    response, seen = through(request)

    assert response.status_code == 200
    assert seen["post"]["words"] == "路灯不亮\n第二行😀"


def test_dirty_cookie_is_dropped_not_refused():
    request = RequestFactory().get("/")
    request.COOKIES.update({"session": "a\x00b", "yg-care": "1"})

    response, _ = through(request)

    assert response.status_code == 200
    assert request.COOKIES == {"yg-care": "1"}


def test_far_too_much_is_refused_before_it_is_read():
    request = RequestFactory().post("/report/", {"words": "x"})
    request.META["CONTENT_LENGTH"] = str(500 * 1024 * 1024)

    response, seen = through(request)

    assert response.status_code == 413
    assert not seen


def test_clean_words_pass_untouched():
    _, seen = through(RequestFactory().post("/report/", {"words": "=1+1 <script>", "kind": ["a", "b"]}))

    assert seen["post"].getlist("kind") == ["a", "b"]
    assert seen["post"]["words"] == "=1+1 <script>"


@pytest.mark.parametrize(("cookies", "kept"), [({}, True), ({"session": "x"}, False)])
def test_pages_of_somebody_logged_in_are_not_kept(cookies, kept, settings):
    settings.SESSION_COOKIE_NAME = "session"
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    request.id = "abc"
    request.resolver_match = None

    response = Headers(lambda given: HttpResponse())(request)

    assert ("no-store" not in response.headers.get("Cache-Control", "")) is kept
    assert response.headers["X-Request-Id"] == "abc"
    assert "geolocation=(self)" in response.headers["Permissions-Policy"]
