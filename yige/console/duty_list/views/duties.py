"""The duty list: whose is what, where, by which basis, since when; and what nobody has decided yet."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.console.duty_list.rows import duties as rows
from yige.duty_list.models import DutyRow
from yige.duty_list.words import PlaceKind
from yige.lib.local_time import local_day
from yige.web.guard import may, staff
from yige.web.paging import page_of


@require_GET
@staff("see_duties")
def duties(request):
    day = local_day(timezone.now())
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("words", "place_kind", "state")}
    page = page_of(rows.rows_asked(asked, day), request.GET.get("page"), rows.SIZE)
    context = {
        "page": page,
        "lines": rows.lines(page, day),
        "asked": asked,
        "kinds": PlaceKind.choices,
        "states": rows.STATES,
        "waiting": DutyRow.objects.waiting().count(),
        "unlisted": rows.categories_without_row(day),
        "may_propose": may(request, "propose_duties"),
        "may_decide": may(request, "decide_hard_cases"),
    }
    return render(request, "console/duty_list/duties.html", context)
