"""What was reported with the own phone, each with its link: the way back for whoever has lost the receipt."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yige.portal import my_queries, resident
from yige.web.paging import page_of

ROWS = 20


@require_safe
@resident.never_cached
def reports(request):
    at = timezone.now()
    phone = resident.proven_phone(request, at)
    if not phone:
        return redirect("portal:my_sign_in")
    context = {
        "now": at,
        "page": page_of(my_queries.own_reports(phone), request.GET.get("page"), ROWS),
        "has_file": resident.sign_in_of(request, at) is not None,
    }
    return render(request, "portal/my_reports.html", context)
