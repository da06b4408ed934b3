"""Proposing a row: a new one, or one that takes the place of another."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yige.console.duty_list.forms import duty_new as forms
from yige.duty_list import actions
from yige.duty_list.models import DutyRow
from yige.lib.typed_values import read_id
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("propose_duties")
def new(request):
    instead_of = row_named(request.GET.get("instead_of"))
    first = forms.first_values(instead_of, request.GET.get("category", ""))
    form = forms.DutyForm(request.POST or None, initial=first)
    outcome = attempt(request, form, actions.propose, lambda form: form.category)
    if outcome.done:
        messages.success(request, "已提出。下面先看看它会改变什么，再由一级网格长来定。")
        return redirect("console:duty", outcome.result.pk)
    context = {"form": form, "instead_of": instead_of}
    return render(request, "console/duty_list/duty_new.html", context, status=outcome.status)


def row_named(text):
    """Return the row of an id in an address; None where it names none."""
    pk = read_id(text)
    return DutyRow.objects.select_related("category", "lead").filter(pk=pk).first() if pk else None
