"""The tree in and out as a file: first a check that changes nothing, then the same file for real."""

import hashlib
import secrets
import zlib

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.console.admin.forms.grid_sheets import COORDINATE_SYSTEMS, FileForm
from yige.grids import exchange
from yige.lib.coordinates import Crs
from yige.lib.local_time import local_day
from yige.web.guard import staff
from yige.web.outcome import outcome_of

# fmt: off
WRITERS = {
    "geojson": (exchange.to_geojson, "application/geo+json"),
    "xlsx":    (exchange.to_xlsx,    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
# fmt: on
LINES_ON_PAGE = 200
CHECKED_FILE_SECONDS = 1800


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
        ready = keep_checked_file(request.user, blob, crs) if plan and not plan.faults else ""
    return page(request, form, plan, ready)


@require_POST
@staff("keep_grids")
def carry_out(request):
    """Do what the check showed, all or nothing, with the very file that was checked."""
    form = FileForm()
    found = cache.get(cache_key(request.user, request.POST.get("ready", "")))
    if found is None:
        messages.error(request, "检查结果只保留半小时，请重新选文件检查。")
        return page(request, form, None, "", 422)
    outcome = outcome_of(exchange.plan, zlib.decompress(found["blob"]), found["crs"])
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


def keep_checked_file(user, blob, crs):
    """Keep a checked file for half an hour, for the one who sent it; return its handle."""
    ready = secrets.token_urlsafe(18)
    cache.set(cache_key(user, ready), {"blob": zlib.compress(blob), "crs": crs}, CHECKED_FILE_SECONDS)
    return ready


def cache_key(user, ready):
    return f"grids.import:{user.pk.hex}:{hashlib.sha256(ready.encode()).hexdigest()}"


def page(request, form, plan, ready, status=200):
    context = {"form": form, "plan": plan, "ready": ready, "shown": LINES_ON_PAGE}
    context |= {"systems": COORDINATE_SYSTEMS, "columns": exchange.SHEET_COLUMNS}
    refused = form.errors or (plan and plan.faults)
    return render(request, "console/admin/grid_sheets.html", context, status=422 if refused else status)
