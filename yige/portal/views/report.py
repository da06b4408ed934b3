"""The report: photos, words, place; no login; typed words and photos survive every error."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.accounts.actors import STRANGER
from yige.cases import queries as cases
from yige.cases.reports import Location, Problem
from yige.cases.words import Urgency
from yige.lib.typed_text import bigrams
from yige.portal import links, places, visitor
from yige.portal.forms import MOST_PHOTOS, ReportForm
from yige.portal.queries import category_tiles
from yige.steps.s3_report import actions as s3
from yige.web.outcome import outcome_of
from yige.web.photo_uploads import gather_photos


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    code = places.code_behind(request.POST.get("code", "")) if request.POST.get("code") else None
    if request.method != "POST":
        return show(request, ReportForm())
    form, at = ReportForm(request.POST, request.FILES, code=code), timezone.now()
    outcome = outcome_of(take_photos, request, form, "report", at=at).beside(form)
    gathered = outcome.result or []
    if outcome.done and not form.errors:
        if alike := alike_nearby(form.cleaned_data):
            return show(request, form, code=code, gathered=gathered, alike=alike, status=422)
        outcome = outcome_of(send, form, [kept.photo for kept in gathered], at).beside(form)
        if outcome.done:
            return visitor.remember(request, redirect(links.address(outcome.result, "sent")))
    return show(request, form, code=code, gathered=gathered, status=422 if outcome.done else outcome.status)


def take_photos(request, form, what, *, at):
    """Keep the photos that came with a form, not too many forms and photos in a row."""
    visitor.slow_down(request, what, at=at)
    form.is_valid()  # the photos stay when it is not
    key = form.cleaned_data.get("key")
    if key is None or "photos" not in form.fields:
        return []
    if form.cleaned_data.get("photos"):
        visitor.slow_down(request, "photo", at=at)
    return gather_photos(request, form, str(key), at=at)


def alike_nearby(said):
    """Return what sounds like the same thing nearby, unless that was answered or every minute counts."""
    if said["different"] or said["category"].urgency == Urgency.EMERGENCY:
        return []
    alike = cases.similar_nearby(said["where"].grid.path, said["category"], bigrams(said["words"]))
    return [] if alike and cases.sent_before("cases.report", STRANGER, str(said["key"])) else alike


def send(form, kept, at):
    said, where = form.cleaned_data, form.cleaned_data["where"]
    accuracy_m = round(min(said["accuracy"], 100_000)) if said["accuracy"] is not None else None
    return s3.report(
        where.grid,
        by=STRANGER,
        at=at,
        key=str(said["key"]),
        problem=Problem(said["words"], said["category"]),
        location=Location(said["place"], where.located_by, where.lon, where.lat, accuracy_m),
        contact=form.contact(),
        photos=kept,
    )


def show(request, form, *, code=None, gathered=(), alike=(), status=200):
    context = {
        "form": form,
        "code": code,
        "gathered": gathered,
        "alike": alike,
        "tiles": category_tiles(form["category"].value()),
        "grids": places.grid_choices,
        "most_photos": MOST_PHOTOS,
    }
    return visitor.remember(request, render(request, "portal/report.html", context, status=status))
