"""Visits to my household, no visits until a day, and hours that heads offer."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yige.contact.models import Appointment
from yige.lib.local_time import add_months, local_day
from yige.portal import my_queries
from yige.portal.my_forms import BookForm, DeclineForm
from yige.portal.resident import resident
from yige.steps import danger_doors
from yige.steps.s1_approach import actions, appointments
from yige.web.forms import ButtonForm
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt


@require_safe
@resident
def visits(request):
    return page(request, DeclineForm(), BookForm())


@require_POST
@resident
def decline(request):
    """Keep that no visits are wished; the same form without months takes it back."""
    household = of_household(request)
    back = "back" in request.POST
    form = ButtonForm(request.POST) if back else DeclineForm(request.POST)
    outcome = attempt(request, form, wish_none, household, by=request.by)
    if not outcome.done:
        return page(request, form if not back else DeclineForm(), BookForm(), outcome.status)
    said = "已经收回，走访照常。" if back else "记下了。到期前不上门走访，没有任何影响；有急事还会联系您。"
    messages.success(request, said)
    return redirect("portal:my_visits")


def wish_none(household, *, by, at, months=None):
    """Turn months into the day that the verb asks for."""
    until = add_months(local_day(at), months) if months else None
    return actions.decline_visits(household, by=by, at=at, until=until)


@require_POST
@resident
def book(request, pk):
    household = of_household(request)
    slot = next((row for row in my_queries.slots(request.person, timezone.now()) if row.pk == pk), None)
    if slot is None:
        raise Http404
    form = BookForm(request.POST, auto_id=f"book_{pk.hex}_%s")
    said = {"household": household, "person": request.person}
    outcome = attempt(request, form, danger_doors.book_slot, slot, by=request.by, **said)
    if not outcome.done:
        return page(request, DeclineForm(), form, outcome.status, pk)
    messages.success(request, "约好了。去不了的，请在这一页取消，好让给别人。")
    return redirect_heard("portal:my_visits", form.cleaned_data["words"])


@require_http_methods(["POST"])
@resident
def cancel(request, pk):
    rows = Appointment.objects.filter(household=of_household(request), cancelled_at=None)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    outcome = attempt(request, ButtonForm(request.POST), appointments.cancel_appointment, row, by=request.by)
    if outcome.done:
        messages.success(request, "已经取消。")
        return redirect("portal:my_visits")
    return page(request, DeclineForm(), BookForm(), outcome.status)


def of_household(request):
    if request.person.household is None:
        raise Http404
    return request.person.household


def page(request, form, booking, status=200, booked=None):
    at, person = timezone.now(), request.person
    _, since = my_queries.household(person, at)
    slots = [
        (slot, booking if slot.pk == booked else BookForm(auto_id=f"book_{slot.pk.hex}_%s"))
        for slot in my_queries.slots(person, at)
    ]
    context = {
        "form": form, "household": person.household, "declines": declines(person, at), "slots": slots, "open": booked, "typed": booking["words"].value(),
        "visits": my_queries.visits(person, since) if since else [],
        "appointments": my_queries.appointments(person, at),
    }  # fmt: skip
    return render(request, "portal/my_visits.html", context, status=status)


def declines(person, at):
    return person.household is not None and person.household.declines_on(local_day(at))
