"""One shift: set other hours, end it or cancel it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yige.accounts import shift_actions, shifts
from yige.accounts.models import Shift
from yige.console.duty_roster.forms import shift as forms
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff("keep_rosters")
def shift(request, pk):
    at = timezone.now()
    row = kept_or_404(request, pk, at)
    said = {"begins_at": row.begins_at, "ends_at": row.ends_at, "note": row.note}
    form = forms.HoursForm(request.POST or None, initial=said)
    outcome = attempt(request, form, shift_actions.move_shift, row)
    if outcome.done:
        messages.success(request, "改好了。")
        return redirect("console:duty_roster_unit", row.unit.slug)
    context = {"shift": row, "form": form, "now": at, "over": row.ends_at <= at or row.cancelled_at}
    return render(request, "console/duty_roster/shift.html", context, status=outcome.status)


@require_POST
@staff("keep_rosters")
def end(request, pk):
    at = timezone.now()
    row = kept_or_404(request, pk, at)
    done = "这一班到现在为止。" if row.begins_at < at else "这一班取消了。"
    outcome_of(shift_actions.end_shift, row, by=request.user, at=at, key=key_of(request)).announce(
        request, done
    )
    return redirect("console:duty_roster_unit", row.unit.slug)


def kept_or_404(request, pk, at):
    """Return a shift of a unit whose roster the user keeps."""
    kept = Shift.objects.filter(unit__in=shifts.rosters_kept_by(request.user, at))
    return get_object_or_404(kept.select_related("unit", "user"), pk=pk)
