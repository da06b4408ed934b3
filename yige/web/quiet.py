"""Answers to a page that looks again by itself: cheap when nothing changed, and no sign that anybody is there."""

import hashlib
import re

from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

HEADER = "X-Yg-Refresh"
# A form's token and its key are written differently each time and say nothing that anybody reads; the moment of a tile
# comes with every answer, also with the one that nothing is new.
TOKEN = re.compile(rb'name="(?:csrfmiddlewaretoken|key)" value="[^"]*"|<time data-yg-moment>[^<]*')


def asks_quietly(request):
    """Say whether a page asks by itself; nobody has to sit in front of it."""
    return HEADER in request.headers


def answer_quietly(request, response):
    """Answer with the part, or with 304 when it is what the page has already."""
    shown = TOKEN.sub(b"", response.content)
    response["ETag"] = quote_etag(hashlib.md5(shown, usedforsecurity=False).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response)
