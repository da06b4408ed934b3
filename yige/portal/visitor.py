"""Which phone is asking, so that one phone that floods waits alone and its neighbours do not."""

import hashlib
import secrets

from django.conf import settings
from django.core import signing

from yige.accounts import limits
from yige.lib.networks import counted_network

COOKIE = "yg-phone"
_SALT = "yige.portal.phone"
_MONTH = 30 * 24 * 3600


def slow_down(request, what, *, at):
    """Take one from the bucket of this phone, and one from the much larger bucket of its address."""
    pairs = [(f"{what}.device", device(request)), (f"{what}.address", address(request))]
    limits.take_turns([pair for pair in pairs if pair[0] in limits.LIMITS], at=at)


def device(request):
    """Return the name we gave this phone, or a rougher one from its address and browser."""
    try:
        return signing.loads(request.COOKIES[COOKIE], salt=_SALT, max_age=_MONTH)
    except (KeyError, signing.BadSignature):
        rough = f"{address(request)}|{request.headers.get('User-Agent', '')}"
        return hashlib.sha256(rough.encode("utf-8", "replace")).hexdigest()


def remember(request, response):
    """Give the phone a random name for a month, so that two phones behind one address can be told apart."""
    if COOKIE not in request.COOKIES:
        name = signing.dumps(secrets.token_hex(8), salt=_SALT)
        response.set_cookie(
            COOKIE, name, max_age=_MONTH, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def address(request):
    """Return the address (of IPv6 the network) of the asking side; only as many forwarding servers are believed as are configured."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [
        part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
    ]
    if trusted and len(forwarded) >= trusted:
        return counted_network(forwarded[-trusted])
    return counted_network(request.META.get("REMOTE_ADDR", ""))
