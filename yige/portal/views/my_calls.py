"""My calls: what I signed up for, what is near my home; signing up, confirming, leaving; my certificates."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from yige.accounts.models import Unit
from yige.alliance import certificates, queries, seat_rules, seats
from yige.alliance.models import Certificate, VolunteerCall
from yige.alliance.words import SeatState
from yige.archive.people import sealing
from yige.portal.resident import resident
from yige.web import call_sheets
from yige.web.forms import ButtonForm, key_of
from yige.web.outcome import attempt

NEAR = 5
# fmt: off
ACTS = {
    # verb        what is called        what is said after
    "sign_up":  (seats.sign_up,       ""),
    "confirm":  (seats.confirm_offer, "好，等您来。前一天晚上和当天早上各提醒您一次。"),
    "decline":  (seats.decline_offer, "好，名额给下一位了。没有留下任何记录。"),
    "leave":    (seats.leave,         "退了，没有任何影响。想来随时可以再报。"),
}
# fmt: on
WAITING = "报满了，替您排上了队。有名额了发短信问您，您确认了才算。"
HELD = "报上了，等您来。来不了随时可以退。前一天晚上和当天早上各提醒您一次。"


@require_safe
@resident
def my_calls(request):
    at, person = timezone.now(), request.person
    coming, past = queries.own_seats(person, at)
    mine = [row.call.pk for row in coming]
    path = person.household.grid_path if person.household else ""
    near = queries.coming_calls(at).covering(path).exclude(pk__in=mine)[:NEAR] if path else []
    context = {
        "coming": coming, "past": past, "near": near, "now": at,
        "issuers": certificates.issuers_for(person),
        "certificates": Certificate.objects.filter(person=person).select_related("unit"),
    }  # fmt: skip
    return render(request, "portal/my_calls.html", context)


@require_safe
@resident
def my_call(request, pk):
    return page(request, find(pk), ButtonForm())


@require_POST
@resident
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (call, words) = find(pk), ACTS[verb]
    form = ButtonForm(request.POST)
    outcome = attempt(request, form, call, row, by=request.by, person=request.person, key=key_of(request))
    if not outcome.done:
        return page(request, row, form, outcome.status)
    messages.success(request, words or signed_words(row, request.person))
    return redirect("portal:my_call", pk)


@require_POST
@resident
def certify(request, slug):
    unit = get_object_or_404(Unit, slug=slug)
    form, said = ButtonForm(request.POST), {"person": request.person, "key": key_of(request)}
    outcome = attempt(request, form, certificates.issue_certificate, unit, by=request.by, **said)
    outcome.announce(request, "证明开好了，可以下载、打印。证明号谁都可以核对，只看得到单位和日期。")
    return redirect("portal:my_calls")


@require_safe
@resident
def certificate(request, pk):
    row = get_object_or_404(
        Certificate.objects.select_related("unit", "person"), pk=pk, person=request.person
    )
    name = sealing.open_value(request.person, "name")
    sheet = call_sheets.certificate_of(row, name, settings.YIGE_PUBLIC_URL)
    response = HttpResponse(sheet, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(
        True, f"志愿服务证明-{row.number}.pdf"
    )
    return response


def find(pk):
    return get_object_or_404(VolunteerCall.objects.public().with_held(), pk=pk)


def signed_words(call, person):
    seat = queries.seat_of(call, person)
    if seat is None:  # the old form of who left meanwhile
        return "这次没有您的报名。"
    return WAITING if seat.state == SeatState.WAITING else HELD


def page(request, row, form, status=200):
    at, seat = timezone.now(), queries.seat_of(row, request.person)
    held = seat and seat.state in (SeatState.SIGNED_UP, SeatState.CONFIRMED)
    context = {
        "call": row, "seat": seat, "form": form, "now": at, "takes": row.takes_names(at),
        "late": bool(held and seat_rules.leaves_late(at, row.starts_at)),
        "meets": seats.short_overlaps(row, request.person, at) if held else [],
    }  # fmt: skip
    return render(request, "portal/my_call.html", context, status=status)
