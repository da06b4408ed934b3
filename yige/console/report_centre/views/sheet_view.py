"""The form of a sheet: adopting a request into the list, changing what is on it; with its first lines before anything is kept."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.report_centre.forms.sheet_view import ViewForm
from yige.console.report_centre.rows import sheet as rows
from yige.lib.local_time import local_day
from yige.report_centre import actions, queries
from yige.report_centre.models import AskedSheet
from yige.web.guard import staff
from yige.web.outcome import INVALID, Outcome, attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_sheets")
def list_request(request, pk):
    about = get_object_or_404(queries.requests_seen(request.user, timezone.now()), pk=pk)
    form = ViewForm(request.POST or None, about=about, at=timezone.now())
    return page(request, about, form, actions.list_sheet, about, "已列入清单。下面是它现在的样子。")


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_sheets")
def change(request, pk):
    known = AskedSheet.objects.visible_to(request.user, timezone.now()).select_related("request__unit")
    sheet = get_object_or_404(known, pk=pk)
    form = ViewForm(request.POST or None, about=sheet.request, at=timezone.now(), sheet=sheet)
    return page(
        request, sheet.request, form, actions.change_sheet, sheet, "已改好。以前生成的文件不变。", sheet
    )


def page(request, about, form, verb, subject, words, sheet=None):
    looks = "preview" in request.POST
    outcome = looked_at(form) if looks else attempt(request, form, verb, subject)
    if outcome.done and not looks:
        messages.success(request, words)
        return redirect("console:sheet", outcome.result.pk)
    at, seen = timezone.now(), None
    if form.is_bound:
        seen = rows.preview(form, request.user, at, local_day(at))
    elif sheet:
        seen = rows.table(
            rows.views.view_of(sheet), request.user, at, queries.span_now(sheet, at), rows.PREVIEWED
        )
    part = "#preview" if request.htmx and looks else ""
    context = {"form": form, "about": about, "sheet": sheet, "table": seen, "looks": looks}
    status = 200 if part else outcome.status
    return render(request, f"console/report_centre/sheet_view.html{part}", context, status=status)


def looked_at(form):
    """Return the outcome of looking: only what the columns say together can be wrong with it."""
    form.is_valid()
    return INVALID if form.view() is None else Outcome(done=True)
