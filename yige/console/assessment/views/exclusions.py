"""What was asked to be left out of the figures: what waits and by when, what was decided and why; deciding it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.accounts.models import Unit
from yige.assessment import periods
from yige.console.assessment.forms.exclusions import DecideForm
from yige.console.assessment.rows import exclusions as rows
from yige.month_sheets.exclusions import decide_exclusion, exclusions_to_read, left_out
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("see_assessment")
def exclusions(request):
    return page(request, timezone.now())


@require_POST
@staff("see_assessment")
def decide(request, pk):
    at = timezone.now()
    exclusion = get_object_or_404(exclusions_to_read(request.user, at), pk=pk)
    form = DecideForm(request.POST, auto_id=f"{pk}-%s")
    outcome = attempt(request, form, decide_exclusion, exclusion)
    if not outcome.done:
        return page(request, at, refused=(pk, form), status=outcome.status)
    said = (
        "已同意，这一件不计入了，理由已告诉申请的人。"
        if outcome.result.granted
        else "没有同意，照样计入，理由已告诉申请的人。"
    )
    messages.success(request, said)
    return redirect("console:exclusions")


def page(request, at, *, refused=None, status=200):
    found = exclusions_to_read(request.user, at)
    unit = Unit.objects.filter(slug=request.GET.get("unit", "")).first()
    month = periods.month_named(request.GET["month"], at) if request.GET.get("month") else None
    if unit and month:
        found = found.filter(pk__in=left_out(unit, month).values("pk"))
    context = {
        "waiting": rows.waiting_lines(found, request.user, at, refused),
        "decided": rows.decided_lines(found, request.user, at),
        "unit": unit if month else None,
        "month": month,
        "most": rows.MOST_DECIDED,
        "refused": refused and refused[0],
    }
    return render(request, "console/assessment/exclusions.html", context, status=status)
