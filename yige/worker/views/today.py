"""Today: the households to visit first, and why; nobody is counted, and at night nobody is disturbed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.contact.todays_visits import MORE, visits_of_today
from yige.web.guard import staff


@require_GET
@staff("visit")
def today(request):
    at, more = timezone.now(), request.GET.get("more") == "1"
    context = {"today": visits_of_today(request.user, at, MORE if more else None), "more": more, "now": at}
    return render(request, "worker/today.html", context)
