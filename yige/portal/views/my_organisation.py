"""Taking part in a social organisation: said by oneself, taken back in one tap."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from yige.alliance import organisations
from yige.portal.my_forms import TakePartForm
from yige.portal.resident import resident
from yige.web.forms import ButtonForm, key_of
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb    form           what is called                     what is said after
    "join":  (TakePartForm, organisations.join_organisation,  "记下了。有事的时候问您一声，随时可以退。"),
    "leave": (ButtonForm,   organisations.leave_organisation, "退出了，已经删掉，没有任何影响。"),
}
# fmt: on


@require_safe
@resident
def my_organisation(request, pk):
    return page(request, find(pk), TakePartForm())


@require_POST
@resident
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (form_of, call, words) = find(pk), ACTS[verb]
    form, said = form_of(request.POST), {"person": request.person, "key": key_of(request)}
    outcome = attempt(request, form, call, row, by=request.by, **said)
    if outcome.done:
        messages.success(request, words)
        return redirect("portal:my_organisation", pk)
    return page(request, row, form, outcome.status)


def find(pk):
    return get_object_or_404(organisations.shown_organisations(), pk=pk)


def page(request, row, form, status=200):
    held = organisations.membership_in(row, request.person)
    context = {"organisation": row, "told": row.alliance_page, "held": held, "form": form}
    return render(request, "portal/my_organisation.html", context, status=status)
