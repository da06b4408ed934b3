"""Raising a matter for somebody: what it is, where it comes from, which place it is about."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.deliberation.forms.deliberation_new import RaiseForm
from yige.console.deliberation.rows import deliberation_new as rows
from yige.lib.local_time import date_words
from yige.steps.danger_doors import raise_matter
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("raise_deliberations")
def deliberation_new(request):
    at = timezone.now()
    offer = rows.offer_for(request.user, at)
    first = rows.first_values(request.GET, offer)
    form = RaiseForm(request.POST or None, offer=offer, user=request.user, at=at, initial=first)
    outcome = attempt(request, form, raise_matter, lambda form: form.area)
    if outcome.done:
        made = outcome.result
        messages.success(request, f"提好了。{date_words(made.due_on)}以前研究，列入或者写明为什么不列入。")
        return redirect("console:deliberation", made.pk)
    return render(
        request, "console/deliberation/deliberation_new.html", {"form": form}, status=outcome.status
    )
