"""Large letters on and off: a cookie, no JavaScript, and back to where one was."""

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yige.lib.typed_values import read_address
from yige.web.context import CARE_COOKIE

_YEAR = 365 * 24 * 3600


@never_cache
@require_safe
def switch(request, wanted):
    """Remember the wish for a year on this phone; it changes nothing else, so a plain link may ask for it."""
    answer = HttpResponseRedirect(_back(request))
    if wanted == "on":
        answer.set_cookie(
            CARE_COOKIE, "1", max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        answer.delete_cookie(CARE_COOKIE, samesite="Lax")
    return answer


def _back(request):
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    ):
        return "/"
    parts = read_address(came_from)
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    return f"{path}?{parts.query}" if parts.query else path
