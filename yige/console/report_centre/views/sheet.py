"""One sheet of the list: its lines in the reader's reach, the cells by hand, its files, its term."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.report_centre.forms import sheet as forms
from yige.console.report_centre.rows import sheet as rows
from yige.console.report_centre.rows.standings import is_keeper, is_mine
from yige.report_centre import actions, making, queries, version, views
from yige.report_centre.models import AskedSheet, SheetFile
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt

FILES_SHOWN = 12


@require_GET
@staff("see_sheets")
def sheet(request, pk):
    found = find(request, pk)
    if request.htmx and request.htmx.target == "files":
        context = {"sheet": found, **files_of(request, found)}
        return render(request, "console/report_centre/sheet.html#files", context)
    return page(request, found)


@require_POST
@staff("see_sheets")
def type_cells(request, pk):
    found, at = find(request, pk), timezone.now()
    period = queries.span_now(found, at)
    form = forms.CellsForm(request.POST, sheet=found, period=period, there=queries.typed_in(found, period))
    outcome = attempt(request, form, making.type_cells, found, key=key_of(request))
    if not outcome.done:
        return page(request, found, outcome.status, cells=form)
    messages.success(request, "已记下手填的格。")
    return redirect("console:sheet", pk)


@require_POST
@staff("keep_sheets")
def renew(request, pk):
    form = forms.RenewForm(request.POST)
    return act(request, pk, form, actions.renew_sheet, "renew", "已续期。")


@require_POST
@staff("keep_sheets")
def end(request, pk):
    form = forms.EndForm(request.POST)
    return act(request, pk, form, actions.end_sheet, "end", "已停用，留着可以查。")


def act(request, pk, form, verb, name, words):
    found = find(request, pk)
    outcome = attempt(request, form, verb, found, key=key_of(request))
    if not outcome.done:
        return page(request, find(request, pk), outcome.status, **{name: form})
    messages.success(request, words)
    return redirect("console:sheet", pk)


def find(request, pk):
    known = AskedSheet.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(known.select_related("request__unit", "owner", "listed_by"), pk=pk)


def files_of(request, found):
    """Return the files that this reader had made of the sheet; others' are told of nobody."""
    files = list(SheetFile.objects.filter(sheet=found, by=request.user)[:FILES_SHOWN])
    return {"files": files, "working": any(file.is_working for file in files)}


def page(request, found, status=200, *, error="", **shown):
    at = timezone.now()
    period, standing = queries.span_now(found, at), found.standing_at(at)
    there, view = queries.typed_in(found, period) if found.typed else {}, views.view_of(found)
    mine = is_mine(found, request.user, at)
    cells = shown.get("cells")
    if found.typed and mine and standing.is_made and cells is None:
        cells = forms.CellsForm(sheet=found, period=period, there=there)
    keeps = is_keeper(found, request.user, at) and standing.name != "gone"
    context = {
        "sheet": found, "about": found.request, "standing": standing, "error": error, "cells": cells, "keeps": keeps,
        "typed": [(cell["name"], there.get(cell["name"])) for cell in found.typed],
        "missing": [cell["name"] for cell in found.typed if cell["name"] not in there],
        "renew": shown.get("renew") or (forms.RenewForm() if keeps else None),
        "end": shown.get("end") or (forms.EndForm() if keeps else None),
        "table": rows.linked_table(view, request.user, at, period), "has_counts": rows.tells(view, "count"),
        "behind": rows.rows_behind(view, request.user, at, period, request.GET) if "rows" in request.GET else None,
        "has_figures": rows.tells(view, "figure"),
        "cut": rows.view_words(found), "version": version.definitions_version(), **files_of(request, found),
    }  # fmt: skip
    return render(request, "console/report_centre/sheet.html", context, status=status)
