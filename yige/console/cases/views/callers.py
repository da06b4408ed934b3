"""Finding the cases of a caller by phone or name: logged, limited, and never by an address."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases.callers import find_by_caller
from yige.console.cases.forms.callers import CallerForm
from yige.web.guard import staff
from yige.web.outcome import outcome_of


@require_http_methods(["GET", "HEAD", "POST"])
@staff("find_callers")
def callers(request):
    at = timezone.now()
    if request.method != "POST":
        return show(request, CallerForm())
    form = CallerForm(request.POST)
    if not form.is_valid():
        return show(request, form, status=422)
    outcome = outcome_of(find_by_caller, form.field, form.cleaned_data["q"], by=request.user, at=at).beside(
        form
    )
    return show(request, form, found=outcome.result, status=outcome.status)


def show(request, form, found=None, status=200):
    return render(request, "console/cases/callers.html", {"form": form, "found": found}, status=status)
