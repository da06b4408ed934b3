"""Emergency first: the units are called at once, and the case is made by the same act."""

import secrets

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.cases.forms.intake import offered_places
from yige.console.whistles.forms import emergency as forms
from yige.console.whistles.rows import limits
from yige.console.whistles.rows import sounding as rows
from yige.steps.forms import form_for
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.whistles.models import Whistle
from yige.whistles.words import TRIGGER_MEANS, Trigger


@require_http_methods(["GET", "HEAD", "POST"])
@staff("whistle")
def emergency(request):
    at = timezone.now()
    if request.method != "POST" or "find" in request.POST:
        return search(request, at)
    report = forms.EmergencyForm(request.POST, by=request.user, at=at)
    posted = request.POST.copy()
    posted["trigger"] = Trigger.EMERGENCY
    calls = form_for("whistle", posted, case=None, by=request.user, at=at)
    outcome = sound(request, report, calls, at)
    if outcome.done:
        return redirect(
            "console:whistle", Whistle.objects.filter(case=outcome.result).latest("sounded_at").pk
        )
    return show(request, report, calls, at, status=outcome.status)


def sound(request, report, calls, at):
    """Sound it when both halves are whole; what is refused stands in the half that has the field."""
    if not all([report.is_valid(), calls.is_valid()]):
        return INVALID
    outcome = outcome_of(forms.sound_first, report, calls, by=request.user, at=at, key=key_of(request))
    return outcome.beside(report if set(outcome.fields) & set(report.fields) else calls)


def search(request, at):
    """Show the empty form, or the same form with the places that were looked for."""
    typed = {name: value for name, value in request.POST.items() if name != "grid"}
    report = forms.EmergencyForm(initial=typed or None, by=request.user, at=at)
    calls = form_for("whistle", case=None, by=request.user, at=at, initial=typed)
    return show(request, report, calls, at, sought="find" in request.POST)


def show(request, report, calls, at, *, sought=False, status=200):
    context = offered_places(report, request.POST.get("where", "")) | {
        "form": report,
        "calls": calls,
        "rows": calls.rows(),
        "means": TRIGGER_MEANS[Trigger.EMERGENCY],
        "limits": rows.limit_words(Trigger.EMERGENCY),
        "differing": limits.differing(Trigger.EMERGENCY),
        "silent": rows.silent_units(at),
        "find_at": request.path,
        "sought": sought,
        "key": key_of(request) if request.method == "POST" else secrets.token_urlsafe(24),
        "now": at,
    }
    if request.htmx and sought:
        return render(request, "console/parts/where.html#places", context)
    return render(request, "console/whistles/emergency.html", context, status=status)
