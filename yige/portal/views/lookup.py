"""Number and code from a slip lead to the case; whoever guesses learns nothing and has to wait."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.lib.numbers import parse
from yige.lib.refusals import NotSaid
from yige.portal import links, visitor
from yige.portal.forms import LookupForm
from yige.web.outcome import INVALID, outcome_of

UNKNOWN = "编号和查询码对不上，请照着回执再核对一遍。查询码里没有字母 O、I、L。"


@require_http_methods(["GET", "HEAD", "POST"])
def lookup(request):
    if request.method != "POST":
        return _show(request, LookupForm())
    form = LookupForm(request.POST)
    outcome = INVALID
    if form.is_valid():
        if case := _find(form.cleaned_data):
            return redirect(links.address(case))
        outcome = outcome_of(_count_miss, request).beside(form)
    return _show(request, form, status=outcome.status)


def _count_miss(request):
    """Refuse in any case: what matches nothing counts, so that nobody guesses on."""
    visitor.slow_down(request, "link", at=timezone.now())
    raise NotSaid(UNKNOWN)


def _find(said):
    return links.find(parse(said["number"], settings.YIGE_DISTRICT_CODE), said["secret"].replace(" ", ""))


def _show(request, form, *, status=200):
    return visitor.remember(request, render(request, "portal/lookup.html", {"form": form}, status=status))
