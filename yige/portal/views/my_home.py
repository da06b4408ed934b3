"""My household and my file, at one sight: who lives here, what was promised, what we raised, who came."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.archive.people import sealing
from yige.archive.rights import looks, signing_in
from yige.lib.local_time import local_day
from yige.portal import my_queries
from yige.portal.resident import resident, wards


@require_safe
@resident
def home(request):
    person, at = request.person, timezone.now()
    members, since = my_queries.household(person, at)
    phone = sealing.open_value(person, "phone")
    months = looks.by_month(person, at)
    context = {
        "person": person,
        "members": members,
        "today": local_day(at),
        "looked": sum(count for _, count in months),
        "last": looks.looks(person).first(),
        "wards": [(child, sealing.open_value(child, "name")) for child in wards(request)],
        "waiting": person.requests.waiting().count(),
        "several": signing_in.sharing(request.sign_in, at).count() > 1,
        "reports": my_queries.own_reports(phone)[:5],
        "booked": my_queries.appointments(person, at),
    }
    if since is not None:
        context |= {
            "visits": my_queries.visits(person, since)[:3],
            "promises": my_queries.promises(person, since)[:5],
            "raised": my_queries.raised_matters(person, since)[:5],
        }
    return render(request, "portal/my_home.html", context)
