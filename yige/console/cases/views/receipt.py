"""The receipt in large type: the number, the secret link as a code, what happens next; for who took it in."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import danger_watch, deadlines, reporters
from yige.cases.models import Case
from yige.cases.queries import leading_case
from yige.grids.duty_phones import duty_phone
from yige.web import qr
from yige.web.guard import staff


@require_GET
@staff("take_in")
def receipt(request, serial):
    now = timezone.now()
    mine = Case.objects.visible_to(request.user, now).filter(reported_by=request.user)
    case = get_object_or_404(mine.select_related("category", "grid"), serial=serial)
    secret = reporters.link_secret_of(case, settings.YIGE_LINK_KEY)
    link = f"{settings.YIGE_PUBLIC_URL}/c/{case.number}/{secret}/"
    outlook = deadlines.outlook(leading_case(case), now)
    steps = [mark for mark in (outlook.quick, *outlook.marks) if mark and mark.due and mark.met_at is None]
    context = {"case": case, "secret": secret, "link": link, "code": qr.draw_code(link), "steps": steps}
    context |= {"site": settings.YIGE_PUBLIC_URL, "number": duty_phone(case.grid_path)}
    context["roles_told"] = danger_watch.roles_told(case, now) if case.danger_at else []
    return render(request, "console/cases/receipt.html", context | {"now": now})
