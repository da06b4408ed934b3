"""The hours that somebody offers: 书记有约 and visits by appointment; who comes, what it is about, held or cancelled."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.contact import slots
from yige.contact.models import Appointment
from yige.steps.s1_approach import appointments as s1
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of

VERBS = {
    "hold": (s1.hold_appointment, "记下了，见过面了。"),
    "cancel": (s1.cancel_appointment, "已经取消，本户会看到。"),
}


@require_GET
@staff("host_open_hours", "host_visit_hours")
def appointments(request):
    at = timezone.now()
    return render(
        request, "worker/appointments.html", {"slots": slots.slots_of_host(request.user, at), "now": at}
    )


@require_POST
@staff("host_open_hours", "host_visit_hours")
def act(request, pk, verb):
    """Say that the two met, or give the seat back; only the host of the hour."""
    if verb not in VERBS:
        raise Http404
    at, (do, said) = timezone.now(), VERBS[verb]
    row = get_object_or_404(Appointment.objects.filter(slot__host=request.user), pk=pk)
    outcome_of(do, row, by=request.user, at=at, key=key_of(request)).announce(request, said)
    return redirect("worker:appointments")
