"""A page that refuses a form gets an address of its own, so that “back” and “reload” never ask to send the form again.

Whoever sends a form with the browser itself is led to the page where it stands, with a key in the address; the refused
page, with all that was typed, lies sealed under that key for half an hour and is shown there to the same person, after
the page has let him or her in again. Scripts (htmx, `send.js`) read the refusal at once and are answered as ever.
"""

import base64
import json
import zlib
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.cache import patch_cache_control

from yige.lib.crypto import CannotOpen, open_sealed, seal
from yige.lib.typed_values import read_address, read_id

NAME = "refused"  # the key in the address
RESIDENT_COOKIE = "__Secure-resident" if settings.YIGE_HTTPS else "yg-resident"  # below /my alone
WAITS_SECONDS = 1800
LARGEST_PAGE = 200_000  # compressed; a page that is larger is answered as it is
REFUSALS = (409, 422)  # a flood (429) is answered and not kept: it must not fill the cache
_SCRIPTS = ("HX-Request", "X-Yige-Send", "X-Yg-Refresh")
_FIELD = "web.refused_pages"


class RefusedPage(NamedTuple):
    """The page as it was shown: who was refused, where the form was sent, from which page, its status and text."""

    who: str
    sent_to: str
    came_from: str
    status: int
    text: str


class RefusedPages:
    """Lead from a refused form to its address, and show the refused page there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code in REFUSALS:
            return lead_to_address(request, response)
        if request.method == "GET" and NAME in request.GET:
            return show_again(request, response)
        return response


def lead_to_address(request, response) -> HttpResponse:
    """Keep the page and lead to it; a script, and who does not say where he comes from, is answered at once."""
    came_from = own_page(request)
    if getattr(response, "keeps_no_page", False):  # a secret ballot: kept nowhere, beside nobody
        return response
    if not came_from or not is_sent_by_browser(request) or not is_page(response):
        return response
    page = RefusedPage(who(request), request.path, came_from, response.status_code, response.text)
    blob, key = pack(page), uuid4()
    if len(blob) > LARGEST_PAGE:
        return response
    caches["pages"].set(str(key), seal(blob, where=f"{_FIELD}:{key}"), WAITS_SECONDS)
    led = HttpResponseRedirect(address(request.get_full_path(), key))
    led.status_code = 303
    led.cookies = response.cookies
    return led


def show_again(request, response) -> HttpResponse:
    """Show the refused page where the page itself opens; an address that takes forms alone leads to the page before it."""
    key, page = request.GET[NAME], None
    if response.status_code in (200, 405):
        page = find(key)
    if page is None or page.who != who(request):
        return response
    if response.status_code == 405 and request.path == page.sent_to:
        return HttpResponseRedirect(address(page.came_from, key))
    if response.status_code == 200 and request.path in (page.sent_to, urlsplit(page.came_from).path):
        response.status_code, response.content = page.status, page.text.encode()
        patch_cache_control(response, private=True, no_store=True)
    return response


def is_sent_by_browser(request) -> bool:
    by_script = any(name in request.headers for name in _SCRIPTS)
    return not by_script and "text/html" in request.headers.get("Accept", "")


def is_page(response) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")


def own_page(request) -> str:
    """Return the path of the page of ours on which the form stood, or ""."""
    before = read_address(request.headers.get("Referer"))
    if before.netloc != request.get_host():
        return ""
    return before.path + (f"?{before.query}" if before.query else "")


def address(path, key) -> str:
    """Return the path with the key, which takes the place of an older one."""
    plain = without_key(path)
    return f"{plain}{'&' if '?' in plain else '?'}{urlencode({NAME: key})}"


def without_key(path) -> str:
    """Return the path without a key of a refused page."""
    parts = urlsplit(path)
    query = QueryDict(parts.query, mutable=True)
    query.pop(NAME, None)
    return f"{parts.path}?{query.urlencode()}" if query else parts.path


def who(request) -> str:
    """Return whose page it is: the account of staff, the sign-in of a resident, or nobody's in particular."""
    return f"{request.user.pk or ''}|{request.COOKIES.get(RESIDENT_COOKIE, '')}"


def pack(page) -> str:
    return base64.b85encode(zlib.compress(json.dumps(page).encode())).decode()


def find(key) -> RefusedPage | None:
    """Return the kept page, or None when there is none, its time is over or its sealing key is gone."""
    if (pk := read_id(key)) is None:
        return None
    try:
        blob = caches["pages"].get(str(pk))
        text = open_sealed(blob, where=f"{_FIELD}:{pk}") if blob else None
    except CannotOpen:
        return None
    return RefusedPage(*json.loads(zlib.decompress(base64.b85decode(text)))) if text else None
