"""What neighbours are called for: the calendar of a place, one call, the same as files, and the number of a certificate."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.alliance import queries
from yige.alliance.calendars import calendar_of
from yige.alliance.certificates import certificate_with
from yige.alliance.models import VolunteerCall
from yige.grids.models import Grid
from yige.web.paging import page_of

A_PAGE, MOST_IN_A_FEED = 20, 200


@require_safe
def together(request):
    at, area = timezone.now(), area_of(request)
    page = page_of(queries.coming_calls(at, area.path if area else ""), request.GET.get("page"), A_PAGE)
    context = {"page": page, "area": area, "areas": queries.communities_calling(at), "now": at}
    return render(request, "portal/together.html", context)


@require_safe
def call(request, pk):
    row = get_object_or_404(VolunteerCall.objects.public().with_held(), pk=pk)
    at = timezone.now()
    return render(request, "portal/call.html", {"call": row, "now": at, "takes": row.takes_names(at)})


@require_safe
def call_file(request, pk):
    """One call as an invitation that a calendar takes in."""
    row = get_object_or_404(VolunteerCall.objects.public().select_related("unit", "organisation"), pk=pk)
    return as_calendar([row], row.title)


@require_safe
def calls_feed(request):
    """The calls of a place for a calendar that looks again by itself."""
    area = area_of(request)
    rows = queries.coming_calls(timezone.now(), area.path if area else "")[:MOST_IN_A_FEED]
    return as_calendar(rows, f"{area.name if area else settings.YIGE_DISTRICT_NAME}：一起来")


@require_safe
def check_certificate(request):
    """Say which unit gave a certificate on which day, and nothing else."""
    typed = request.GET.get("number", "")[:40]
    context = {"typed": typed, "found": certificate_with(typed) if typed else None}
    return render(request, "portal/check_certificate.html", context)


def area_of(request):
    """Return the place that was chosen, by its code; None for all."""
    code = request.GET.get("in", "")[:30]
    return Grid.objects.public().filter(code=code).first() if code else None


def as_calendar(calls, name):
    def address(row):
        return settings.YIGE_PUBLIC_URL + reverse("portal:call", args=[row.pk])

    response = HttpResponse(
        calendar_of(calls, name, address, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="together.ics"'
    return response
