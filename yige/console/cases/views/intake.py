"""Intake for somebody else (hotline, station, proxy …) and one's own finds."""

import secrets

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases import queries as cases
from yige.console.cases.forms import intake as forms
from yige.web.forms import key_of
from yige.web.guard import may, staff
from yige.web.outcome import outcome_of
from yige.web.photo_uploads import gather_photos


@require_http_methods(["GET", "HEAD", "POST"])
@staff("take_in")
def intake(request):
    at = timezone.now()
    if request.method != "POST" or "find" in request.POST:
        return search(request, at)
    form, key = forms.IntakeForm(request.POST, by=request.user, at=at), key_of(request)
    gathered = gather_photos(request, form, key, at=at)
    if form.errors:
        return show(request, form, key=key, gathered=gathered, status=422)
    if near := similar_and_unanswered(form, request.user, key):
        return show(request, form, key=key, gathered=gathered, alike=near, status=422)
    shown = [kept.photo for kept in gathered]
    outcome = outcome_of(forms.register, form, by=request.user, at=at, key=key, photos=shown).beside(form)
    if outcome.done:
        return onwards(request, outcome.result)
    return show(request, form, key=key, gathered=gathered, status=outcome.status)


def similar_and_unanswered(form, by, key):
    """Return what was reported nearby already; not when this very form was sent before."""
    near = forms.similar_reports(form.cleaned_data)
    return [] if near and cases.sent_before("cases.report", by, key) else near


def search(request, at):
    """Show the empty form, or the same form with the places that were looked for."""
    said = {name: value for name, value in request.POST.items() if name != "grid"} or None
    form = forms.IntakeForm(initial=said, by=request.user, at=at)
    return show(request, form, key=key_of(request), sought="find" in request.POST)


def onwards(request, case):
    messages.success(request, f"已登记：{case.number}。")
    if case.state == "closed" or case.channel in forms.OWN_CHANNELS:
        return redirect("console:case", case.serial)
    return redirect("console:receipt", case.serial)


def show(request, form, *, key, sought=False, gathered=(), alike=(), status=200):
    context = forms.offered_places(form, request.POST.get("where", "")) | {
        "form": form,
        "key": key or secrets.token_urlsafe(24),
        "alike": alike,
        "find_at": request.path,
        "sought": sought,
        "gathered": gathered,
        "may_whistle": may(request, "whistle"),
    }
    if request.htmx and sought:
        return render(request, "console/parts/where.html#places", context, status=status)
    return render(request, "console/cases/intake.html", context, status=status)
