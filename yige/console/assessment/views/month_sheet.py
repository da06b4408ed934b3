"""One sheet of a month: its figures as they stand or as they were frozen, and the corrections under it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.assessment.chance import ENOUGH_CASES
from yige.assessment.periods import month_of
from yige.cases.unit_figures import reach_words
from yige.console.assessment.forms.month_sheet import NoteForm
from yige.console.assessment.rows import month_sheet as rows
from yige.console.assessment.rows.month_sheets import sheets_to_read
from yige.month_sheets.definition import definition_now, indicators_of
from yige.month_sheets.sheets import may_note, note_correction, waiting_count
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("see_assessment")
def month_sheet(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("see_assessment")
def note(request, pk):
    sheet, form = find(request, pk), NoteForm(request.POST)
    outcome = attempt(request, form, note_correction, sheet)
    if not outcome.done:
        return page(request, sheet, form=form, status=outcome.status)
    messages.success(request, "更正已写在表下。")
    return redirect("console:month_sheet", pk)


def find(request, pk):
    return get_object_or_404(sheets_to_read(request.user, timezone.now()), pk=pk)


def page(request, sheet, *, form=None, status=200):
    at = timezone.now()
    if form is None and sheet.frozen_at and may_note(sheet, request.user, at):
        form = NoteForm()
    context = {
        "sheet": sheet,
        "period": month_of(sheet.first),
        "kinds": rows.lines_by_kind(sheet, request.user, at),
        "indicators": indicators_of(sheet.definition or definition_now()),
        "changed": rows.changed_lines(sheet, request.user, at),
        "notes": sheet.notes.select_related("by", "unit"),
        "waiting": waiting_count(sheet, at),
        "form": form,
        "enough": ENOUGH_CASES,
        "reach": reach_words(request.user, at),
    }
    return render(request, "console/assessment/month_sheet.html", context, status=status)
