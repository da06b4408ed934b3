"""Which phone is asking, so that one phone that floods waits alone and its neighbours do not."""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.core.cache import cache

from yige.accounts import limits
from yige.lib.networks import counted_network, counted_site

COOKIE = "__Host-phone" if settings.YIGE_HTTPS else "yg-phone"
_SALT = "yige.portal.phone"
_MONTH = 30 * 24 * 3600


def slow_down(request, what, *, at):
    """Take one from the bucket of this phone, and one from the much larger bucket of its address."""
    near = address(request)
    pairs = [
        (f"{what}.device", device(request)),
        (f"{what}.address", near),
        (f"{what}.site", counted_site(near)),
    ]
    limits.take_turns([pair for pair in pairs if pair[0] in limits.LIMITS and pair[1]], at=at)


def device(request):
    """Return the name we gave this phone, or a rougher one from its address and browser."""
    rough = f"{address(request)}|{request.headers.get('User-Agent', '')}"
    return _name(request) or hashlib.sha256(rough.encode("utf-8", "replace")).hexdigest()


def know(request):
    """Remember for a month that somebody signed in by a code on this phone."""
    if name := _name(request):
        cache.set(f"signed-in|{name}", 1, _MONTH)


def is_known(request):
    """Say whether somebody signed in by a code on this phone within a month."""
    name = _name(request)
    return bool(name and cache.get(f"signed-in|{name}"))


def _name(request):
    try:
        return signing.loads(request.COOKIES[COOKIE], salt=_SALT, max_age=_MONTH)
    except (KeyError, signing.BadSignature):
        return ""


def remember(request, response):
    """Give the phone a random name for a month, so that two phones behind one address can be told apart."""
    if COOKIE not in request.COOKIES:
        name = signing.dumps(secrets.token_hex(8), salt=_SALT)
        response.set_cookie(
            COOKIE, name, max_age=_MONTH, httponly=True, samesite="Lax", secure=settings.YIGE_HTTPS
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
