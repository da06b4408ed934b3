"""What is on file and why: every group of fields with its value, where it comes from, what for, how long."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yige.archive import labels
from yige.archive.models import Label
from yige.archive.people import actions
from yige.portal import my_file_rows
from yige.portal.resident import file_of, resident, wards
from yige.web.forms import ButtonForm
from yige.web.outcome import attempt


@require_safe
@resident
def file(request, pk=None):
    person = file_of(request, pk)
    context = {
        "of": person,
        "own": person.pk == request.person.pk,
        "groups": my_file_rows.groups(person, request.person, timezone.now()),
    }
    return render(request, "portal/my_file.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def withdraw(request, pk):
    """One tap and one confirmation take a label back."""
    mine = [request.person.pk, *wards(request).values_list("pk", flat=True)]
    label = Label.objects.filter(pk=pk, person__in=mine, withdrawn_at=None).first()
    if label is None:
        raise Http404
    form = ButtonForm(request.POST if request.method == "POST" else None)
    outcome = attempt(request, form, actions.withdraw_label, label, by=request.by)
    if outcome.done:
        messages.success(request, f"“{label.get_kind_display()}”已经撤回，30 天后彻底删除。没有任何影响。")
        return redirect("portal:my_file_of", pk=label.person_id)
    context = {"label": label, "row": labels.LABEL_BY_NAME[label.kind], "form": form}
    return render(request, "portal/my_withdraw.html", context, status=outcome.status)
