"""The roll of a vote in and out as a sheet: a check with every fault by its row, then the same file for real."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.console.cases.rows.queue_sheet import XLSX
from yige.console.deliberation.forms.roll_sheets import RollSheetForm
from yige.console.deliberation.views.vote import find_of_owners
from yige.deliberation import roll_sheets, voting
from yige.deliberation.roll_lines import as_text
from yige.web.checked_files import GONE, keep_checked_file, take_checked_file
from yige.web.guard import staff
from yige.web.outcome import outcome_of

LINES_ON_PAGE = 200


@require_GET
@staff("raise_deliberations")
def roll_export(request, pk):
    blob = roll_sheets.export(find_of_owners(request, pk))
    response = HttpResponse(blob, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, "名册.xlsx")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff("raise_deliberations")
def roll_import(request, pk):
    """Check a file and show what it would write; nothing is changed yet."""
    row, plan, ready = find_of_owners(request, pk), None, ""
    form = RollSheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        blob = form.cleaned_data["file"].read()
        outcome = outcome_of(roll_sheets.read_plan, blob, row=row)
        if not outcome.done:
            form.add_error("file", outcome.sentence)
        plan = outcome.result
        ready = keep_checked_file(request.user, kind_of(row), blob) if plan and not plan.faults else ""
    return sheet_page(request, row, form, plan, ready)


@require_POST
@staff("raise_deliberations")
def roll_import_do(request, pk):
    """Write the roll from the very file that was checked; a second tap finds it done."""
    row = find_of_owners(request, pk)
    checked = take_checked_file(request.user, kind_of(row), request.POST.get("ready", ""))
    if checked is None:
        messages.error(request, GONE)
        return sheet_page(request, row, RollSheetForm(), None, "", 422)
    plan = roll_sheets.read_plan(checked.blob, row=row)
    said = {"by": request.user, "at": timezone.now(), "roll": as_text(plan.lines)}
    outcome = outcome_of(voting.write_roll, row, **said)
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return sheet_page(request, row, RollSheetForm(), plan, "", outcome.status)
    messages.success(request, f"名册写好了，{len(plan.lines)} 套房。开始投票以前都能改。")
    return redirect("console:vote", row.pk)


def kind_of(row):
    return f"roll-{row.pk.hex}"


def sheet_page(request, row, form, plan, ready, status=200):
    refused = form.errors or (plan and plan.faults)
    context = {"row": row, "form": form, "plan": plan, "ready": ready, "headings": roll_sheets.HEADINGS}
    context |= {"shown": LINES_ON_PAGE, "most": roll_sheets.MOST_HOMES}
    return render(
        request, "console/deliberation/roll_sheets.html", context, status=422 if refused else status
    )
