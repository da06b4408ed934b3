"""What one takes along after reporting: the number, the secret link, a slip to print."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.cases import deadlines
from yige.cases.queries import leading_case
from yige.portal import links, queries
from yige.web import qr


@require_safe
def confirmation(request, serial, secret):
    return _page(request, serial, secret, "portal/confirmation.html")


@require_safe
def slip(request, serial, secret):
    return _page(request, serial, secret, "portal/slip.html")


def _page(request, serial, secret, template):
    now = timezone.now()
    case = links.case_behind(request, serial, secret, at=now)
    leader = leading_case(case)
    context = {
        "case": case,
        "leader": leader,
        "outlook": deadlines.outlook(leader, now),
        "link": links.absolute(case),
        "site": settings.YIGE_PUBLIC_URL,
        "address": links.address(case),
        "slip": links.address(case, "slip"),
        "secret": links.secret(case),
        "code": qr.draw_code(links.absolute(case)),
        "now": now,
        "soon": now + timedelta(minutes=30),
        "message": queries.receipt_message(case),
    }
    return render(request, template, context)
