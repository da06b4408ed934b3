"""The report: photos, words, place; no login; typed words and photos survive every error."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.accounts.actors import STRANGER
from yige.cases import photos
from yige.cases import queries as cases
from yige.cases.reports import Location, Problem
from yige.cases.words import Urgency
from yige.lib.photos import MOST_BYTES
from yige.lib.refusals import Refusal
from yige.lib.typed_text import bigrams
from yige.portal import links, places, visitor
from yige.portal.forms import MOST_PHOTOS, ReportForm
from yige.portal.queries import category_tiles
from yige.steps.s3_report import actions as s3
from yige.web.refusal import status_of, tell


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    code = places.code_behind(request.POST.get("code", "")) if request.POST.get("code") else None
    if request.method != "POST":
        return show(request, ReportForm())
    form, at = ReportForm(request.POST, request.FILES, code=code), timezone.now()
    form.full_clean()
    try:
        visitor.slow_down(request, "report", at=at)
        gathered = gather(request, form, at)
        if form.errors:
            return show(request, form, code=code, gathered=gathered, status=422)
        if alike := alike_nearby(form.cleaned_data):
            return show(request, form, code=code, gathered=gathered, alike=alike, status=422)
        case = send(form, [kept.photo for kept in gathered], at)
    except Refusal as refusal:
        tell(form, refusal)
        return show(request, form, code=code, status=status_of(refusal))
    return visitor.remember(request, redirect(links.address(case, "sent")))


def gather(request, form, at):
    """Keep the photos whatever else is wrong, and say beside the field which files were none."""
    key = form.cleaned_data.get("key")
    uploads = form.cleaned_data.get("photos") or []
    if key is None:
        return []
    if uploads:
        visitor.slow_down(request, "photo", at=at)
    # One byte more than is taken shows that a file is too large, without reading all of it.
    blobs = (upload.read(MOST_BYTES + 1) for upload in uploads)
    gathered, refused = photos.gather_photos(
        str(key), blobs, at=at, kept=request.POST.getlist("kept")[:MOST_PHOTOS]
    )
    for sentence in refused:
        form.add_error("photos", sentence)
    return gathered


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
