"""A new call: on its own, or to help with a case."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.alliance.actions import open_call
from yige.alliance.organisations import organisation_of_seat
from yige.console.alliance.forms.volunteer_call_new import NewCallForm
from yige.console.alliance.rows import volunteer_call_new as rows
from yige.console.cases.rows.case import get_case_to_act_on_or_404
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("call_volunteers", "run_organisation")
def volunteer_call_new(request, serial=None):
    at = timezone.now()
    case = get_case_to_act_on_or_404(request.user, serial, at) if serial else None
    areas = rows.areas_of(request.user, at)
    own = organisation_of_seat(request.user, at)
    form = NewCallForm(
        request.POST or None, areas=areas, organisation=own, initial=rows.first_values(areas, case, at)
    )
    outcome = attempt(request, form, open_call, lambda form: form.area, case=case)
    if outcome.done:
        messages.success(request, "发出去了，邻里现在就看得到。可以打印海报贴在楼道口，扫码就能报名。")
        return redirect("console:volunteer_call", outcome.result.pk)
    context = {"form": form, "case": case, "organisation": own}
    return render(request, "console/alliance/volunteer_call_new.html", context, status=outcome.status)
