"""Asking that a closing be left out of its unit's figures."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases.models import Closing
from yige.cases.models.photos import PhotoKind
from yige.console.assessment.forms.exclusion_ask import AskForm
from yige.lib.local_time import day_words, local_day
from yige.month_sheets import exclusions
from yige.month_sheets.exclusion_rules import ASKERS
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.web.photo_uploads import gather_photos


@require_http_methods(["GET", "HEAD", "POST"])
@staff("see_assessment")
def ask(request, pk):
    at = timezone.now()
    closing = get_object_or_404(Closing.objects.select_related("case", "category", "unit"), pk=pk)
    if not exclusions.held_to(request.user, closing, at) & ASKERS:
        raise Http404
    form, gathered = AskForm(request.POST or None), []
    if form.is_bound:
        gathered = gather_photos(request, form, key_of(request), at=at, kind=PhotoKind.EXCLUSION)
    photos = {"photos": [kept.photo for kept in gathered]} if gathered else {}
    outcome = attempt(request, form, exclusions.ask_exclusion, closing, **photos)
    if outcome.done:
        by_when = day_words(local_day(outcome.result.decide_until), local_day(at))
        messages.success(request, f"已申请，请街道在{by_when}前定。定下来以前照样计入。")
        return redirect("console:exclusions")
    context = {
        "form": form,
        "gathered": gathered,
        "closing": closing,
        "why_not": exclusions.why_not_asked(request.user, closing, at),
        "before": closing.exclusions.exclude(decided_at=None),
    }
    return render(request, "console/assessment/exclusion_ask.html", context, status=outcome.status)
