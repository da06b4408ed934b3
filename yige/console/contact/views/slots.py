"""The hours that heads offer, 书记有约 and visits by appointment: offer one, see how many are taken, cancel it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yige.console.contact.forms import slots as forms
from yige.contact import slots as queries
from yige.steps.s1_approach import appointments as s1
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt, outcome_of
from yige.web.paging import page_of

A_PAGE = 30


@require_http_methods(["GET", "POST"])
@staff("host_open_hours", "host_visit_hours")
def slots(request):
    at = timezone.now()
    form = forms.SlotForm(request.POST or None, user=request.user, at=at)
    outcome = attempt(request, form, s1.offer_slot, lambda valid: valid.grid)
    if outcome.done:
        messages.success(request, "时段安排好了，本辖区的户可以约了。")
        return redirect("console:slots")
    page = page_of(queries.slots_in_areas(request.user, at), request.GET.get("page"), A_PAGE)
    context = {"form": form, "page": page, "now": at}
    return render(request, "console/contact/slots.html", context, status=outcome.status)


@require_POST
@staff("host_open_hours", "host_visit_hours")
def cancel(request, pk):
    """Take an hour back; the verb asks whether this person may."""
    at = timezone.now()
    slot = get_object_or_404(queries.slots_in_areas(request.user, at), pk=pk)
    outcome_of(s1.cancel_slot, slot, by=request.user, at=at, key=key_of(request)).announce(
        request, "已经取消，约了的户会看到。"
    )
    return redirect("console:slots")
