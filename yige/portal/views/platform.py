"""Complaints and suggestions about the platform itself; the entrance is on every page."""

from django.contrib import messages
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yige.accounts.actors import STRANGER
from yige.portal import queries, visitor
from yige.portal.forms import PlatformForm
from yige.steps import danger_doors
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def platform(request):
    if request.method != "POST":
        return _show(request, PlatformForm(initial={"page": _came_from(request)}))
    form = PlatformForm(request.POST)
    outcome = attempt(request, form, complain_slowly, request, by=STRANGER)
    if not outcome.done:
        return _show(request, form, status=outcome.status)
    messages.success(request, "收到了，谢谢。我们会看每一条，答复会登在这一页。")
    return visitor.remember(request, redirect_heard("portal:platform", form.cleaned_data["words"]))


def complain_slowly(request, *, by, at, page, key, **said):
    """Take the complaint in, not too many of one phone in a row."""
    visitor.slow_down(request, "complaint", at=at)
    return danger_doors.complain(page, by=by, at=at, key=str(key), **said)


def _came_from(request):
    """Name the kind of page the visitor came from, never a secret link."""
    path = "/" + request.headers.get("Referer", "").partition("://")[2].partition("/")[2].partition("?")[0]
    return "/c/" if path.startswith("/c/") else path[:200]


def _show(request, form, *, status=200):
    context = {"form": form, "answered": queries.answered_complaints()}
    return visitor.remember(request, render(request, "portal/platform.html", context, status=status))
