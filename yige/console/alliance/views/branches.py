"""The branches of the own area; the head of a grid reads who of its members wants to be seen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.alliance.branches import open_branch
from yige.console.alliance.forms.branches import BranchForm
from yige.console.alliance.rows import branches as rows
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_GET
@staff("keep_branches")
def branches(request):
    return page(request, BranchForm(grids=rows.grids_without(request.user, timezone.now())))


@require_POST
@staff("keep_branches")
def branch_new(request):
    form = BranchForm(request.POST, grids=rows.grids_of(request.user, timezone.now()))
    outcome = attempt(request, form, open_branch, lambda form: form.grid)
    if outcome.done:
        messages.success(request, "登记好了。这个网格的党员在“我能帮什么”里自己登记。")
        return redirect("console:branches")
    return page(request, form, outcome.status)


def page(request, form, status=200):
    at = timezone.now()
    context = {"rows": rows.branch_rows(request.user, at), "form": form}
    return render(request, "console/alliance/branches.html", context, status=status)
