"""What every request and every answer passes: no control characters in, no loose permissions out."""

import secrets

from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control

from yige.lib.refusals import Refusal
from yige.lib.typed_values import read_number
from yige.web import errors
from yige.web.refusals import NOT_DONE

PERMISSIONS = ", ".join(
    [
        "geolocation=(self)",
        "camera=(self)",
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
    + [
        f"{name}=()"
        for name in ("microphone", "payment", "usb", "midi", "serial", "browsing-topics", "display-capture")
    ]
)
MOST_BYTES = 80 * 1024 * 1024  # six photos of twelve megabytes, and the words
REFUSED = (409, 422, 429)
_KEPT = "\t\n\r"
_CONTROL = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in _KEPT}
_BROKEN = dict.fromkeys(range(0xD800, 0xE000))
_UNWRITABLE = _CONTROL | _BROKEN


class CleanInput:
    """Refuse control characters in an address; take them out of typed words, where only pasting puts them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(5)
        if self._address_is_dirty(request):
            return errors.page(request, 400)
        if _length(request) > MOST_BYTES:
            return errors.page(request, 413)
        # A dirty cookie is dropped, not refused: nobody can wash their own cookies.
        request.COOKIES = {name: said for name, said in request.COOKIES.items() if not _dirty(said)}
        if request.method == "POST":
            self._clean(request)
        return self.get_response(request)

    def process_exception(self, request, refused):
        """A verb's no that no page caught is a calm page, never a 500."""
        if isinstance(refused, Refusal):
            return errors.page(request, refused.status, sentence=refused.sentence)
        return None

    def _address_is_dirty(self, request):
        return _dirty(request.path_info) or any(
            _dirty(part) for name, said in request.GET.lists() for part in (name, *said)
        )

    def _clean(self, request):
        if not any(_dirty(part) for name, said in request.POST.lists() for part in (name, *said)):
            return
        typed = request.POST.copy()
        typed.clear()
        for name, said in request.POST.lists():
            typed.setlist(name.translate(_UNWRITABLE), [text.translate(_UNWRITABLE) for text in said])
        typed._mutable = False
        request.POST = typed


class Headers:
    """Say what the browser may use, which request this was, and that nobody keeps a page of somebody's own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers["X-Request-Id"] = request.id
        if "X-Yige-Send" in request.headers and response.has_header("Location"):
            lead_on(response)
        if response.status_code in REFUSED and request.path.startswith((*errors.HOMES, "/accounts/")):
            name_refusal(response)
        if self._is_somebodys_own(request) and not getattr(response, "is_public_picture", False):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _is_somebodys_own(self, request):
        match = request.resolver_match
        secret = bool(match and "secret" in match.kwargs)
        return secret or settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST"


def name_refusal(response):
    """Let the title say that the page was refused: it is what a screen reader says first."""
    if not response.streaming:
        response.content = response.content.replace(b"<title>", f"<title>{NOT_DONE} · ".encode(), 1)
        response.headers["Content-Length"] = str(len(response.content))


def lead_on(response):
    """Name the next page for a script that sends a form: it opens that page itself, so that nothing is fetched twice."""
    response.status_code = 204
    response.headers["X-Yige-Next"] = response.headers["Location"]
    del response.headers["Location"]


class Lighter(GZipMiddleware):
    """Compress the residents' pages, which travel over bad networks; an office has a fast one.

    Django pads each answer by a random length, so that its size gives no secret away.
    """

    def process_response(self, request, response):
        page = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        if not page or request.path.startswith("/console/"):
            return response
        return super().process_response(request, response)


def _dirty(text):
    return text != text.translate(_UNWRITABLE)


def _length(request):
    return read_number(request.META.get("CONTENT_LENGTH"), most=10**15) or 0
