"""A resident who signed in by a code to the phone on file: the cookie, whose file a page may show, and the way back in."""

from functools import wraps

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from yige.archive.people import sealing
from yige.archive.rights import requests, signing_in
from yige.web.refused_pages import RESIDENT_COOKIE

COOKIE, CODE_COOKIE, PATH = RESIDENT_COOKIE, "yg-code", "/my"
WANTED_COOKIE = "yg-wanted"
_SALT = "yige.portal.resident"


def never_cached(view):
    """No browser and no proxy keeps these pages; they look the same to everybody who asks."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return wrapped


def resident(view):
    """Let in whoever is signed in; everybody else is led to where one signs in."""

    @wraps(view)
    @never_cached
    def wrapped(request, *args, **kwargs):
        at = timezone.now()
        row = sign_in_of(request, at)
        if row is None:
            response = redirect("portal:my_sign_in")
            response = forget_sign_in(response) if COOKIE in request.COOKIES else response
            return keep_wanted(request, response)
        request.sign_in, request.person, request.by = row, row.person, signing_in.actor(row)
        signing_in.touch(row, at=at)
        return view(request, *args, **kwargs)

    wrapped.for_residents = True
    return wrapped


def sign_in_of(request, at):
    """Return the sign-in behind the cookie, or None."""
    token = request.COOKIES.get(COOKIE, "")
    return signing_in.current(token, at=at) if 20 <= len(token) <= 100 else None


def wards(request):
    return requests.wards_of(request.person, timezone.now())


def file_of(request, pk):
    """Return the file that a page is about: one's own, or that of a child whose guardian one is."""
    if pk is None or pk == request.person.pk:
        return request.person
    child = wards(request).filter(pk=pk).select_related(
        "household__home__building", "household__grid", "guardian"
    )  # fmt: skip
    found = child.first()
    if found is None:
        raise Http404
    return found


def keep_wanted(request, response):
    """Keep for ten minutes which own page was asked for, to lead there after signing in."""
    if request.method == "GET" and request.path != reverse("portal:my"):
        _set(response, WANTED_COOKIE, signing.dumps(request.path, salt=_SALT), signing_in.CODE_LASTS.seconds)
    return response


def wanted_page(request):
    """Return the own page that was asked for before signing in, else the first one."""
    try:
        kept = signing.loads(
            request.COOKIES.get(WANTED_COOKIE, ""), salt=_SALT, max_age=signing_in.CODE_LASTS.seconds
        )
    except signing.BadSignature:
        kept = ""
    return kept if str(kept).startswith(f"{PATH}/") else reverse("portal:my")


def let_in(response, token):
    """Give the browser its token: for these pages alone, out of reach of scripts, gone with the browser."""
    _set(response, COOKIE, token, None)
    response.delete_cookie(CODE_COOKIE, path=PATH, samesite="Lax")
    return response


def forget_sign_in(response):
    for name in (COOKIE, CODE_COOKIE, WANTED_COOKIE):
        response.delete_cookie(name, path=PATH, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'  # an unsent report stays in its tab, as its page says
    return response


def bind_code(response, code):
    """Bind a code to this browser: another one cannot use it, even knowing its digits."""
    _set(response, CODE_COOKIE, signing.dumps(code.pk.hex, salt=_SALT), signing_in.CODE_LASTS.seconds)
    return response


def keep_phone(response, pk):
    """Keep for ten minutes that this browser proved a phone without a file."""
    seconds = signing_in.CODE_LASTS.seconds
    _set(response, CODE_COOKIE, signing.dumps(pk, salt=_SALT), seconds)
    return response


def proven_phone(request, at):
    """Return the number that whoever asks proved to have: by signing in, or by a code alone; "" for anybody else."""
    if row := sign_in_of(request, at):
        return sealing.open_value(row.person, "phone")
    pk = code_in_cookie(request)
    return signing_in.proven_phone(pk, at=at) if pk else ""


def code_in_cookie(request):
    """Return the id of the code that was asked for in this browser, or None."""
    try:
        return signing.loads(
            request.COOKIES.get(CODE_COOKIE, ""), salt=_SALT, max_age=signing_in.CODE_LASTS.seconds
        )
    except signing.BadSignature:
        return None


def _set(response, name, value, seconds):
    response.set_cookie(
        name, value, max_age=seconds, path=PATH, httponly=True, samesite="Lax", secure=settings.YIGE_HTTPS
    )
