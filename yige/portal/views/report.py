"""The report: photos, words, place; no login; typed words and photos survive every error."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from yige.accounts.actors import STRANGER
from yige.cases import photos, queries
from yige.cases.reports import Location, Problem
from yige.lib.refusals import Conflict, TooOften
from yige.portal import alike, links, places, unsent, visitor
from yige.portal.forms import MOST_PHOTOS, ReportForm
from yige.portal.queries import category_tiles
from yige.steps.s3_report import actions as s3
from yige.web.outcome import outcome_of
from yige.web.photo_uploads import gather_photos

# One question a screen in large letters, and the fields that it asks for.
QUESTIONS = {
    "what": ("words", "category"),
    "where": ("grid", "place", "lon", "lat", "accuracy"),
    "photo": ("photos",),
    "contact": ("phone", "called", "email", "call_back"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    if request.method != "POST":
        return show(request, ReportForm())
    code, at = code_of(request.POST), timezone.now()
    form = ReportForm(request.POST, request.FILES, code=code)
    outcome = outcome_of(take_photos, request, form, "report", at=at).beside(form)
    gathered = outcome.result or []
    if outcome.done and not form.errors and not alike.cards(form.cleaned_data):
        outcome = outcome_of(send, form, [kept.photo for kept in gathered], at).beside(form)
        if outcome.done:
            unsent.forget(form.cleaned_data["key"])
            return visitor.remember(request, redirect(links.address(outcome.result, "sent")))
    status = 422 if outcome.done else outcome.status
    if status == TooOften.status:  # a flood is answered, not kept
        return show(request, form, code=code, gathered=gathered, status=status)
    key = unsent.keep(request, form, gathered, status)
    return visitor.remember(request, redirect("portal:report_again", key=key))


@require_safe
@cache_control(private=True, no_store=True)
def again(request, key):
    """Ask again for what was refused, with all that was typed; there is nothing to send twice on the way back."""
    refused = unsent.find(key)
    if refused is None:
        messages.info(request, "刚才那件已经送出，或者放得太久了。要反映别的事，请在这里写。")
        return redirect("portal:report")
    if queries.sent_before("cases.report", STRANGER, str(key)):
        return another(request, refused)
    code = code_of(refused.typed)
    form = ReportForm(refused.typed, code=code)
    asked = alike.cards(form.cleaned_data) if form.is_valid() and not refused.sentences else []
    for name, sentences in refused.sentences.items():
        for sentence in sentences:
            if sentence not in form.errors.get(name, ()):
                form.add_error(None if name == "__all__" else name, sentence)
    gathered, _ = photos.keep_form_photos(str(key), (), at=timezone.now(), kept=refused.kept)
    return show(request, form, code=code, gathered=gathered, cards=asked, status=refused.status)


def another(request, refused):
    """Other words under a key that was used already: they are another report, under a key of their own."""
    typed = refused.typed.copy()
    typed["key"] = str(uuid4())
    form = ReportForm(typed, code=code_of(typed))
    form.is_valid()
    form.add_error(None, "刚才那件已经送出了。这一份和它不一样：要另送一件，请再点“送出”；照片请重新选。")
    return show(request, form, code=code_of(typed), status=409)


def code_of(typed):
    """Return the code at the door that a form came from, or None."""
    return places.code_behind(typed["code"]) if typed.get("code") else None


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


def send(form, kept, at):
    """Take the report in: by itself, or with the open case that the reporter says is the same."""
    said, where = form.cleaned_data, form.cleaned_data["where"]
    facts = {
        "by": STRANGER,
        "at": at,
        "key": str(said["key"]),
        "problem": Problem(said["words"], said["category"]),
        "location": Location(said["place"], where.located_by, where.lon, where.lat, accuracy_of(said)),
        "contact": form.contact(),
        "photos": kept,
    }
    if not said["same"]:
        return s3.report(where.grid, **facts)
    leader = alike.case_named(said["same"])
    if leader is None:
        raise Conflict("那件事刚刚办结了。您这件还没有送出，请再点一次“送出”，单独办。")
    return s3.report_same(where.grid, into=leader, **facts)


def first_question(form):
    """Return which question the large letters open with: the first one with something to mend."""
    return next((name for name, fields in QUESTIONS.items() if set(fields) & set(form.errors)), "what")


def accuracy_of(said):
    return round(min(said["accuracy"], 100_000)) if said["accuracy"] is not None else None


def show(request, form, *, code=None, gathered=(), cards=(), status=200):
    context = {
        "form": form,
        "code": code,
        "gathered": gathered,
        "alike": cards,
        "tiles": category_tiles(form["category"].value()),
        "grids": places.grid_choices,
        "most_photos": MOST_PHOTOS,
        "question": first_question(form),
    }
    return visitor.remember(request, render(request, "portal/report.html", context, status=status))
