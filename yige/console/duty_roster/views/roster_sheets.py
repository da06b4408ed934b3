"""The duty roster as a file: one week of a unit out, many rows in, all or none."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from yige.accounts import shift_sheets, shifts
from yige.console.duty_roster.forms import roster_sheets as forms
from yige.console.duty_roster.rows.weeks import week_asked
from yige.web.guard import staff
from yige.web.outcome import outcome_of

LINES_ON_PAGE = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@staff("see_rosters")
def export(request, slug):
    """Write the week that is shown, in the columns that the import reads."""
    at = timezone.now()
    office = get_object_or_404(shifts.rosters_seen_by(request.user, at), slug=slug)
    week = week_asked(request.GET.get("week", ""), at)
    response = HttpResponse(shift_sheets.to_xlsx(office, week), content_type=XLSX)
    name = f"值班表-{office.name}-{week.begins_at:%Y%m%d}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_rosters")
def take_in(request):
    """Write down all rows of a file, or none and what is wrong by its row."""
    form, faults, status = forms.RosterFileForm(request.POST or None, request.FILES or None), (), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            blob = form.cleaned_data["file"].read()
            outcome = outcome_of(shift_sheets.take_in, blob, by=request.user, at=timezone.now()).beside(form)
            if outcome.done and not outcome.result.faults:
                messages.success(
                    request, f"导入了，新排 {outcome.result.made} 班，原来就有 {outcome.result.same} 班。"
                )
                return redirect("console:duty_roster")
            faults = outcome.result.faults if outcome.done else ()
            if faults:
                form.add_error("file", f"有 {len(faults)} 行要改，还没有导入任何内容。改好后请再选一次文件。")
    context = {"form": form, "faults": faults, "shown": LINES_ON_PAGE, "columns": shift_sheets.HEADINGS}
    return render(request, "console/duty_roster/import.html", context, status=status)
