"""The receipt in large type: the number, the secret link as a code, what happens next; for who took it in."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import deadlines, reporters
from yige.cases.models import Case
from yige.console.cases.forms.intake import paths_from_the_top
from yige.grids.models import Grid
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
    outlook = deadlines.outlook(case, now)
    steps = [mark for mark in (outlook.quick, *outlook.marks) if mark and mark.due and mark.met_at is None]
    context = {"case": case, "secret": secret, "link": link, "code": qr.draw_code(link), "steps": steps}
    return render(request, "console/cases/receipt.html", context | {"phone": phone_of(case), "now": now})


def phone_of(case):
    """Return the duty phone of the place, of the nearest grid above that has one."""
    near = Grid.objects.current().filter(path__in=paths_from_the_top(case.grid_path)).exclude(phone="")
    return near.order_by("-level").values_list("phone", flat=True).first() or ""
