"""Things and organisations in and out as a file: first a check that changes nothing, then the same file for real."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.places import exchange
from yige.archive.places.exchange_kinds import KINDS
from yige.console.places.forms.place_sheets import SheetForm
from yige.lib.local_time import local_day
from yige.web.checked_files import GONE, keep_checked_file, take_checked_file
from yige.web.guard import staff
from yige.web.outcome import outcome_of

LINES_ON_PAGE = 200
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_GET
@staff("keep_places")
def export(request, slug):
    """Write what lies within reach; with ?template=1 the empty sheet to fill in. An odd format is the plain one."""
    kind, at = kind_of(slug), timezone.now()
    form = "csv" if request.GET.get("format") == "csv" else "xlsx"
    name = f"{kind.label}-{local_day(at):%Y%m%d}.{form}"
    if "template" in request.GET:
        return download(exchange.template(kind), "xlsx", f"{kind.label}模板.xlsx")
    return download(exchange.export(kind, request.user, at, form=form), form, name)


def download(blob, form, name):
    response = HttpResponse(blob, content_type=TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_places")
def take_in(request, slug):
    """Check a file and show what it would do; nothing is changed yet."""
    kind, form = kind_of(slug), SheetForm(request.POST or None, request.FILES or None)
    plan, ready = None, ""
    if request.method == "POST" and form.is_valid():
        blob = form.cleaned_data["file"].read()
        plan = plan_or_error(request, kind, form, blob)
        ready = keep_checked_file(request.user, f"places.{slug}", blob) if plan and not plan.faults else ""
    return page(request, kind, form, plan, ready)


@require_POST
@staff("keep_places")
def carry_out(request, slug):
    """Do what the check showed, all or nothing, with the very file that was checked; a second tap finds it done."""
    kind, form, at = kind_of(slug), SheetForm(), timezone.now()
    checked = take_checked_file(request.user, f"places.{slug}", request.POST.get("ready", ""))
    if checked is None:
        messages.error(request, GONE)
        return page(request, kind, form, None, "", 422)
    outcome = outcome_of(exchange.plan, kind, checked.blob, by=request.user, at=at)
    plan = outcome.result
    if outcome.done:
        outcome = outcome_of(exchange.carry_out, kind, plan, by=request.user, at=at)
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return page(request, kind, form, plan, "", 422)
    said = f"新建 {len(plan.made)} 条，更新 {len(plan.changed)} 条，没有变化 {len(plan.same)} 条。"
    messages.success(request, f"已导入：{said}")
    return redirect(f"console:{slug}")


def plan_or_error(request, kind, form, blob):
    outcome = outcome_of(exchange.plan, kind, blob, by=request.user, at=timezone.now())
    if not outcome.done:
        form.add_error("file", outcome.sentence)
    return outcome.result


def page(request, kind, form, plan, ready, status=200):
    context = {
        "kind": kind,
        "form": form,
        "plan": plan,
        "ready": ready,
        "shown": LINES_ON_PAGE,
        "most": exchange.MOST_ROWS,
    }
    refused = form.errors or (plan and plan.faults)
    return render(request, "console/places/place_sheets.html", context, status=422 if refused else status)


def kind_of(slug):
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]
