"""The units that reported in to the communities of the own area; who of their people did so is read by nobody."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.alliance.reporting_in import close_reporting_unit, open_reporting_unit
from yige.console.alliance.forms.reporting_units import ReportingUnitForm
from yige.console.alliance.rows import reporting_units as rows
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("keep_branches")
def reporting_units(request):
    return page(request, ReportingUnitForm(grids=rows.communities_of(request.user, timezone.now())))


@require_POST
@staff("keep_branches")
def new(request):
    form = ReportingUnitForm(request.POST, grids=rows.communities_of(request.user, timezone.now()))
    outcome = attempt(request, form, open_reporting_unit, lambda form: form.grid)
    if outcome.done:
        messages.success(request, "登记好了，居民看得到。这个单位住在社区里的人在“我能帮什么”里自己报到。")
        return redirect("console:reporting_units")
    return page(request, form, outcome.status)


@require_POST
@staff("keep_branches")
def close(request, pk):
    at = timezone.now()
    row = get_object_or_404(rows.unit_rows(request.user, at), pk=pk)
    outcome = attempt(request, ButtonForm(request.POST), close_reporting_unit, row, key=key_of(request))
    outcome.announce(request, "结束了。自己报到的人不受影响。")
    return redirect("console:reporting_units")


def page(request, form, status=200):
    context = {"rows": rows.unit_rows(request.user, timezone.now()), "form": form}
    return render(request, "console/alliance/reporting_units.html", context, status=status)
