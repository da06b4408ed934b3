"""What was raised with a head: what it is, where it comes from, which place it is about, and what becomes of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases.models import Case
from yige.console.deliberation.forms.deliberation_new import RaiseForm
from yige.console.deliberation.rows import deliberation_new as rows
from yige.deliberation.models import Deliberation
from yige.lib.local_time import date_words
from yige.steps.raised_matters import take_up
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("raise_deliberations")
def deliberation_new(request):
    at = timezone.now()
    offer = rows.offer_for(request.user, at)
    first = rows.first_values(request.GET, offer)
    form = RaiseForm(request.POST or None, offer=offer, user=request.user, at=at, initial=first)
    outcome = attempt(request, form, take_up, lambda form: form.area)
    if outcome.done:
        return lead_to(request, outcome.result)
    return render(
        request, "console/deliberation/deliberation_new.html", {"form": form}, status=outcome.status
    )


def lead_to(request, made):
    """Say what became of it and lead there."""
    if isinstance(made, Case):
        messages.success(request, f"登记成事项 {made.number}，来源是{made.get_channel_display()}。")
        return redirect("console:case", made.serial)
    if isinstance(made, Deliberation):
        messages.success(request, f"提好了。{date_words(made.due_on)}以前研究，列入或者写明为什么不列入。")
        return redirect("console:deliberation", made.pk)
    messages.success(request, "答复记下了。")
    return redirect("console:questions")
