"""How long a log-in lasts, and the second factor that some posts must show before a page of the console opens."""

from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from yige.accounts import factors, passwords, queries
from yige.accounts.adapter import note
from yige.web.guard import page_to_come_back_to
from yige.web.quiet import asks_quietly

SURFACES = ("/console/", "/work/")  # where staff work
WATCHED = (*SURFACES, "/accounts/")
IDLE, LONGEST = 2 * 3600, 12 * 3600  # seconds without a click; seconds since log-in
LOOK_EVERY = 60  # seconds between two writes of “last seen”
BEGAN, SEEN = "yige.began", "yige.seen"


class Presence:
    """End a log-in that idled or lasted too long, and ask for the second factor where a post demands it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(WATCHED):
            return self.get_response(request)
        known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        return as_part(request, (known and turned_away(request)) or self.get_response(request))

    def process_template_response(self, request, response):
        """A log-in form that was refused is 422, as everywhere in the house."""
        form = (response.context_data or {}).get("form")
        refused = request.method == "POST" and getattr(form, "is_bound", False) and form.errors
        if refused and response.status_code == 200 and request.path.startswith("/accounts/"):
            response.status_code = 422
        return response


def turned_away(request):
    """Return where somebody who is logged in has to go first; None when the page may open."""
    now = timezone.now()
    why = over(request.session, now.timestamp())
    if why:
        return end(request, why)
    if not asks_quietly(request):  # a page that looks again by itself keeps no log-in alive
        keep_in_mind(request, now.timestamp())
    door = old_password(request) or missing_factor(request, now)
    return HttpResponseRedirect(door) if door else None


def over(session, now):
    """Return why this log-in is over, "" when it is not."""
    if now - session.get(BEGAN, now) >= LONGEST:
        return "longest"
    return "idle" if now - session.get(SEEN, now) >= IDLE else ""


def keep_in_mind(request, now):
    """Remember when the log-in began and was last seen, written once a minute at most."""
    session = request.session
    if now - session.get(SEEN, 0) < LOOK_EVERY:
        return
    session.setdefault(BEGAN, now)
    session[SEEN] = now
    UserSession.objects.create_from_request(request)


def end(request, why):
    note("accounts.expire_session", request.user, request.user.pk)
    logout(request)
    said = {"over": why}
    if request.path.startswith(SURFACES):
        said["next"] = page_to_come_back_to(request)
    response = HttpResponseRedirect(f"{reverse('account_login')}?{urlencode(said)}")
    response.headers["Clear-Site-Data"] = '"cache"'  # not the drafts: they come back after the next log-in
    return response


def old_password(request):
    """Return the page where a password that is too old is changed; "" when it is not."""
    stale = request.session.get(passwords.STALE) and request.path.startswith(SURFACES)
    return f"{reverse('account_change_password')}?old=1" if stale else ""


def missing_factor(request, now):
    """Return the page where the second factor is shown or set up; "" when this page may open."""
    if not settings.YIGE_SECOND_FACTOR or not request.path.startswith(SURFACES):
        return ""
    if not queries.needs_factor(request.user, now) or factors.has_shown_factor(request):
        return ""
    held = queries.factors_of(request.user)
    if not held:
        return reverse("mfa_index")
    totp = Authenticator.Type.TOTP in held
    page = reverse("mfa_reauthenticate" if totp else "mfa_reauthenticate_webauthn")
    return f"{page}?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else page


def as_part(request, response):
    """A part that would be replaced by the log-in page loads that as a whole page instead."""
    elsewhere = response.status_code == 302 and response.headers.get("Location", "").startswith("/accounts/")
    if elsewhere and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
    return response
