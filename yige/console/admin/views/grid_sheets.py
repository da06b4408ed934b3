"""The tree in and out as a file: first a check that changes nothing, then the same file for real."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.console.admin.forms.grid_sheets import COORDINATE_SYSTEMS, FileForm
from yige.grids import exchange
from yige.lib.coordinates import Crs
from yige.lib.local_time import local_day
from yige.web.checked_files import GONE, keep_checked_file, take_checked_file
from yige.web.guard import staff
from yige.web.outcome import outcome_of

# fmt: off
WRITERS = {
    "geojson": (exchange.to_geojson, "application/geo+json"),
    "xlsx":    (exchange.to_xlsx,    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
# fmt: on
LINES_ON_PAGE = 200
KIND = "grids.import"


@require_GET
@staff("keep_grids")
def export(request):
    """Write the whole tree; an odd format or coordinate system is the plain one."""
    kind = request.GET.get("format") if request.GET.get("format") in WRITERS else "xlsx"
    crs = request.GET.get("crs") if request.GET.get("crs") in Crs else Crs.WGS84
    write, content_type = WRITERS[kind]
    response = HttpResponse(write(crs), content_type=content_type)
    name = f"网格-{local_day(timezone.now()):%Y%m%d}.{kind}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_grids")
def take_in(request):
    """Check a file and show what it would do; nothing is changed yet."""
    form = FileForm(request.POST or None, request.FILES or None)
    plan, ready = None, ""
    if request.method == "POST" and form.is_valid():
        blob, crs = form.cleaned_data["file"].read(), form.cleaned_data["crs"]
        plan = plan_or_error(form, blob, crs)
        ready = keep_checked_file(request.user, KIND, blob, crs) if plan and not plan.faults else ""
    return page(request, form, plan, ready)


@require_POST
@staff("keep_grids")
def carry_out(request):
    """Do what the check showed, all or nothing, with the very file that was checked."""
    form = FileForm()
    checked = take_checked_file(request.user, KIND, request.POST.get("ready", ""))
    if checked is None:
        messages.error(request, GONE)
        return page(request, form, None, "", 422)
    outcome = outcome_of(exchange.plan, checked.blob, checked.choice)
    plan = outcome.result
    if outcome.done:
        outcome = outcome_of(exchange.carry_out, plan, by=request.user, at=timezone.now())
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return page(request, form, plan, "", 422)
    said = f"新建 {len(plan.made)} 个，更新 {len(plan.changed)} 个，没有变化 {len(plan.same)} 个。"
    messages.success(request, f"已导入：{said}")
    return redirect("console:grids")


def plan_or_error(form, blob, crs):
    outcome = outcome_of(exchange.plan, blob, crs)
    if not outcome.done:
        form.add_error("file", outcome.sentence)
    return outcome.result


def page(request, form, plan, ready, status=200):
    context = {"form": form, "plan": plan, "ready": ready, "shown": LINES_ON_PAGE}
    context |= {"systems": COORDINATE_SYSTEMS, "columns": exchange.SHEET_COLUMNS}
    refused = form.errors or (plan and plan.faults)
    return render(request, "console/admin/grid_sheets.html", context, status=422 if refused else status)
