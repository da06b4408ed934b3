"""One-time links for a unit without an account: made, shown once, revoked."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from yige.steps.s5_handle import one_time_links as links
from yige.web import qr
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of
from yige.whistles.models import Call, CallLink


@require_POST
@staff("whistle")
def make(request, call):
    at = timezone.now()
    found = get_object_or_404(
        Call.objects.visible_to(request.user, at).select_related("whistle__case", "unit"), pk=call
    )
    typed = request.POST.get("step", "")
    step = next((step for step in found.whistle.steps.all() if str(step.pk) == typed), None)
    outcome = outcome_of(links.make_link, found, by=request.user, at=at, key=key_of(request), step=step)
    if not outcome.done:
        messages.error(request, outcome.sentence)
        return redirect("console:whistle", found.whistle_id)
    made = outcome.result
    path = reverse("portal:joint", kwargs={"pk": made.pk, "secret": links.link_secret(made)})
    address = f"{settings.YIGE_PUBLIC_URL}{path}"
    context = {"call": found, "link": made, "address": address, "code": qr.draw_code(address), "now": at}
    return render(request, "console/whistles/link.html", context)


@require_POST
@staff("whistle")
def revoke(request, pk):
    at = timezone.now()
    rows = CallLink.objects.filter(call__in=Call.objects.visible_to(request.user, at).values("pk"))
    found = get_object_or_404(rows.select_related("call__whistle"), pk=pk)
    outcome_of(links.revoke_link, found, by=request.user, at=at, key=key_of(request)).announce(
        request, "链接已收回，现在打不开了。"
    )
    return redirect("console:whistle", found.call.whistle_id)
