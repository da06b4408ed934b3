"""Rosters: the list, a new one, its columns, what it would do, and how far it is; every step can be left and found again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.models.rosters import RunState
from yige.archive.rosters import actions, columns, dry_run
from yige.console.cases.rows.queue_sheet import XLSX
from yige.console.rosters.forms import rosters as forms
from yige.console.rosters.rows import rosters as rows
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of
from yige.web.paging import page_of

TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}
# fmt: off
DONE = {
    "confirm": (actions.confirm, "开始导入了。您可以离开这一页，过会儿再来看。"),
    "stop":    (actions.stop,    "已要求停止；导入了的会全部撤回。"),
    "undo":    (actions.undo,    "开始撤销了。您可以离开这一页，过会儿再来看。"),
}
# fmt: on


@require_GET
@staff("keep_files")
def rosters(request):
    page = page_of(rows.runs(request.user, timezone.now()), request.GET.get("page"), 30)
    return render(request, "console/rosters/rosters.html", {"page": page, "tones": rows.STATE_TONES})


@require_GET
@staff("keep_files")
def template(request, kind):
    return _file(columns.template(kind), f"花名册模板.{kind}", TYPES[kind])


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_files")
def new(request):
    at = timezone.now()
    form = forms.SendForm(request.POST or None, request.FILES or None, user=request.user, at=at)
    outcome = attempt(request, form, actions.send_roster, lambda valid: valid.place, key=key_of(request))
    if outcome.done:
        return redirect("console:roster", run=outcome.result.pk)
    context = {"form": form, "sources": forms.sources(), "columns": columns.ROSTER_COLUMNS}
    return render(request, "console/rosters/roster_new.html", context, status=outcome.status)


@require_GET
@staff("keep_files")
def roster(request, run):
    found = _found(request, run)
    part = "#run" if request.htmx and request.htmx.target == "run" else ""
    return _page(request, found, part=part, again=bool(request.GET.get("again")))


@require_POST
@staff("keep_files")
def map_columns(request, run):
    """Take the columns as the form says them and ask for the dry run."""
    found = _found(request, run)
    asked = forms.columns_of(found, request.POST.get("sheet", ""), request.POST)
    said = {
        "fields": forms.columns_chosen(asked),
        "sheet": asked.sheet,
        "basis": request.POST.get("basis", ""),
        "key": key_of(request),
    }
    outcome = outcome_of(actions.map_columns, found, by=request.user, at=timezone.now(), **said)
    if not outcome.done:
        return _page(request, found, asked=asked, error=outcome.sentence, again=True, status=outcome.status)
    return redirect("console:roster", run=found.pk)


@require_POST
@staff("keep_files")
def act(request, run, verb):
    found = _found(request, run)
    if verb not in DONE:
        raise Http404
    do, done = DONE[verb]
    outcome = outcome_of(do, found, by=request.user, at=timezone.now(), key=key_of(request))
    if not outcome.done:
        fresh = _found(request, run)
        return _page(request, fresh, error=outcome.sentence, status=outcome.status)
    messages.success(request, done)
    return redirect("console:roster", run=found.pk)


@require_GET
@staff("keep_files")
def left_out(request, run):
    """Send the rows that stay out, with their own cells and why; from the file, which is deleted after 30 days."""
    found = _found(request, run)
    if found.state not in (RunState.CHECKED, RunState.TAKEN) or not found.stored_name:
        raise Http404
    return _file(dry_run.left_out(found), f"没有导入的行-{found.source}.xlsx", XLSX)


def _found(request, run):
    return get_object_or_404(rows.runs(request.user, timezone.now()), pk=run)


def _page(request, run, *, asked=None, error="", again=False, part="", status=200):
    maps = rows.waits_for_columns(run) or (again and run.state in (RunState.CHECKED, RunState.FAILED) and not run.began_at)  # fmt: skip
    if maps and asked is None:
        asked = forms.columns_of(run, request.GET.get("sheet", run.sheet))
    context = {
        "run": run, "asked": asked if maps else None, "error": error or (asked.error if asked and maps else ""),
        "columns": columns.ROSTER_COLUMNS, "basis": actions.BASIS, "basis_label": forms.BASIS_LABEL,
        "basis_hint": forms.BASIS_HINT, "kinds": rows.kinds(run), "percent": rows.percent(run),
        "working": rows.is_working(run), "left_out": rows.left_out(run), "cells_left": rows.cells_left(run),
        "comes_in": rows.comes_in(run), "tone": rows.STATE_TONES.get(run.state, ""),
    }  # fmt: skip
    return render(request, f"console/rosters/roster.html{part}", context, status=status)


def _file(blob, name, content_type):
    response = HttpResponse(blob, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "no-store"
    return response
