"""Duplicates: what nearby sounds alike, two cases side by side, and which of them stays."""

from typing import NamedTuple

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases.case_facts import similar_cases
from yige.cases.queries import serials_of
from yige.cases.standings import standings
from yige.cases.workflow import verdict, why_not
from yige.console.cases.rows import case as rows
from yige.console.cases.views.verbs import perform
from yige.web.forms import key_of
from yige.web.guard import may, staff


class Pair(NamedTuple):
    """One of the two cases, the other one, and why this one may not be merged ("" when it may)."""

    case: object
    other: object
    wrong: str


@require_http_methods(["GET", "POST"])
@staff("see_cases")
def merge(request, serial):
    if request.method == "POST":
        return perform(request, serial, "merge")
    if not may(request, "lead_cases"):
        raise Http404
    at = timezone.now()
    case = rows.get_case_or_404(request.user, serial, at)
    found = similar_cases(case, request.user, at)
    beside = other(request, found, at)
    pairs = [pair(case, beside, request.user, at), pair(beside, case, request.user, at)] if beside else []
    missing = bool(request.GET.get("with")) and beside is None
    context = {
        "case": case,
        "found": found,
        "pairs": pairs,
        "key": key_of(request),
        "missing": missing,
        "now": at,
    }
    return render(request, "console/cases/merge.html", context)


def other(request, found, at):
    """Return the case to show beside: the one asked for by number, else the most alike, else none."""
    asked = request.GET.get("with", "").strip()
    if not asked:
        return found[0] if found else None
    serials = serials_of([asked])
    listed = next((row for row in found if row.serial in serials), None)
    if listed or not serials:
        return listed
    try:
        return rows.get_case_or_404(request.user, serials[0], at)
    except Http404:
        return None


def pair(case, other, user, at):
    held = standings(user, case, at)
    return Pair(case, other, why_not("merge", case.state, held) if verdict("merge", case.state, held) else "")
