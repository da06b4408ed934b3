"""What lies under /accounts/: log-in and its factors by allauth, the one-time link by us, everything else shut."""

from allauth.account.views import logout
from django.http import Http404
from django.urls import include, path, re_path

from yige.console.account.views import begin

# Accounts are made by the security administrator, who also resets passwords: no sign-up, no e-mail ways. Devices are
# ended on the page of one's own account, which writes it down.
SHUT = r"^(?:signup|email|confirm-email|phone|password/set|password/reset|login/code|sessions)/"


def no_such_page(request):
    raise Http404


def leave(request):
    """Log out as the library does; the browser drops what it kept, drafts too (docs/adr/0027)."""
    response = logout(request)
    if request.method == "POST" and not request.user.is_authenticated:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


urlpatterns = [
    path("begin/<str:secret>/", begin.begin, name="account_begin"),
    re_path(SHUT, no_such_page),
    path("logout/", leave, name="account_logout"),
    path("", include("allauth.urls")),
]
