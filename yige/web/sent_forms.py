"""Tells the next page which form of staff was taken, so that the words kept on the device for it are forgotten.

Whoever is refused, turned away to log in, or meets a dead network is told nothing, and keeps them.
"""

from urllib.parse import quote

from yige.web import refused_pages
from yige.web.presence import SURFACES

COOKIE = "yg-sent"  # read and taken away by draft_stores.js
LASTS_SECONDS = 60
TAKEN = (200, 302)


class SentForms:
    """Name the address of a form that was taken, as the page showed it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        ours = (
            request.method == "POST" and request.path.startswith(SURFACES) and request.user.is_authenticated
        )
        if ours and response.status_code in TAKEN:
            address = quote(refused_pages.without_key(request.get_full_path()), safe="")
            secure = request.is_secure()
            response.set_cookie(COOKIE, address, max_age=LASTS_SECONDS, secure=secure, samesite="Lax")
        return response
