"""The duty list in and out as a sheet: a check with every fault by its row and a dry run, then the same file for real."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.console.cases.rows.queue_sheet import XLSX
from yige.console.duty_list.forms.duty_sheets import SheetForm
from yige.console.duty_list.rows import duties as rows
from yige.duty_list import sheet_rows, trial
from yige.lib.local_time import local_day
from yige.web.checked_files import GONE, keep_checked_file, take_checked_file
from yige.web.guard import may, staff
from yige.web.outcome import outcome_of

KIND = "duties"
LINES_ON_PAGE = 200


@require_GET
@staff("see_duties")
def export(request):
    """Write what is in use, in the columns that an import reads."""
    day = local_day(timezone.now())
    blob = sheet_rows.export(rows.rows_asked({"words": "", "place_kind": "", "state": ""}, day))
    response = HttpResponse(blob, content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"职责清单-{day:%Y%m%d}.xlsx")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff("propose_duties")
def take_in(request):
    """Check a file and show what it would do; nothing is changed yet."""
    form, plan, ready = SheetForm(request.POST or None, request.FILES or None), None, ""
    if request.method == "POST" and form.is_valid():
        blob = form.cleaned_data["file"].read()
        outcome = outcome_of(sheet_rows.read_plan, blob, by=request.user, at=timezone.now())
        if not outcome.done:
            form.add_error("file", outcome.sentence)
        plan = outcome.result
        ready = keep_checked_file(request.user, KIND, blob) if plan and not plan.faults else ""
    return page(request, form, plan, ready)


@require_POST
@staff("propose_duties")
def carry_out(request):
    """Do what the check showed, all or nothing, with the very file that was checked; a second tap finds it done."""
    checked = take_checked_file(request.user, KIND, request.POST.get("ready", ""))
    if checked is None:
        messages.error(request, GONE)
        return page(request, SheetForm(), None, "", 422)
    outcome = outcome_of(sheet_rows.read_plan, checked.blob, by=request.user, at=timezone.now())
    plan = outcome.result
    if outcome.done:
        outcome = outcome_of(sheet_rows.carry_out, plan, by=request.user, at=timezone.now())
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return page(request, SheetForm(), plan, "", 422)
    put = "已定下" if may(request, "decide_hard_cases") else "已提出，等一级网格长来定："
    messages.success(request, f"{put} {len(plan.made)} 条，没有变化 {len(plan.same)} 条。")
    return redirect("console:duties")


def page(request, form, plan, ready, status=200):
    context = {"form": form, "plan": plan, "ready": ready, "headings": sheet_rows.HEADINGS}
    context |= {"shown": LINES_ON_PAGE, "most": sheet_rows.LONGEST_SHEET}
    context["may_decide"] = may(request, "decide_hard_cases")
    refused = form.errors or (plan and plan.faults)
    if plan and not refused:
        added = [entry.duty for entry in plan.made]
        context["dry"] = trial.dry_run(request.user, timezone.now(), added=added)
    return render(request, "console/duty_list/duty_sheets.html", context, status=422 if refused else status)
