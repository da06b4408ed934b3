"""Complaints and suggestions about the platform itself; the entrance is on every page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.accounts.actors import STRANGER
from yige.cases import actions
from yige.lib.refusals import Refusal
from yige.portal import queries, visitor
from yige.portal.forms import PlatformForm
from yige.web.refusal import status_of, tell


@require_http_methods(["GET", "HEAD", "POST"])
def platform(request):
    if request.method != "POST":
        return _show(request, PlatformForm(initial={"page": _came_from(request)}))
    form = PlatformForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    said, at = form.cleaned_data, timezone.now()
    try:
        visitor.slow_down(request, "complaint", at=at)
        actions.complain(
            said["page"],
            by=STRANGER,
            at=at,
            key=str(said["key"]),
            words=said["words"],
            contact=said["contact"],
        )
    except Refusal as refusal:
        tell(form, refusal)
        return _show(request, form, status=status_of(refusal))
    messages.success(request, "收到了，谢谢。我们会看每一条，答复会登在这一页。")
    return visitor.remember(request, redirect("portal:platform"))


def _came_from(request):
    """Name the kind of page the visitor came from, never a secret link."""
    path = "/" + request.headers.get("Referer", "").partition("://")[2].partition("/")[2].partition("?")[0]
    return "/c/" if path.startswith("/c/") else path[:200]


def _show(request, form, *, status=200):
    context = {"form": form, "answered": queries.answered_complaints()}
    return visitor.remember(request, render(request, "portal/platform.html", context, status=status))
