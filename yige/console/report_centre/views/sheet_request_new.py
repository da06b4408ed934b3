"""Writing down that somebody asks a unit for a sheet."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.report_centre.forms.sheet_request_new import RequestForm
from yige.report_centre import actions
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("see_sheets")
def new(request):
    form = RequestForm(request.POST or None, user=request.user, at=timezone.now())
    outcome = attempt(request, form, actions.ask_sheet, lambda valid: valid.unit)
    if outcome.done:
        messages.success(request, "已登记。下面可以答复：已有的直接取，不在清单上的按规定不填。")
        return redirect("console:sheet_request", outcome.result.pk)
    return render(
        request, "console/report_centre/sheet_request_new.html", {"form": form}, status=outcome.status
    )
