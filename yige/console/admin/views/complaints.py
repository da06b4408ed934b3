"""What people say about the platform itself, and the answers they get."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from yige.cases import actions
from yige.cases.models import PlatformComplaint
from yige.console.admin.forms.complaints import AnswerForm
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import attempt
from yige.web.paging import page_of


@require_GET
@staff("keep_tables")
def complaints(request):
    return page(request)


@require_POST
@staff("keep_tables")
def answer(request, pk):
    complaint = get_object_or_404(PlatformComplaint, pk=pk)
    form = AnswerForm(request.POST)
    outcome = attempt(request, form, actions.answer_complaint, complaint, key=key_of(request))
    if not outcome.done:
        return page(request, complaint.pk, form, outcome.status)
    messages.success(request, "已答复，答复会在“对平台投诉与建议”页面上公开。")
    return redirect("console:complaints")


def page(request, pk=None, form=None, status=200):
    state = request.GET.get("state", "open")
    rows = PlatformComplaint.objects.order_by("-at")
    if state != "all":
        rows = rows.filter(answered_at__isnull=state != "done")
    found = page_of(rows, request.GET.get("page"), 20)
    told = [(row, form if row.pk == pk else AnswerForm(auto_id=f"id_{row.pk.hex}_%s")) for row in found]
    context = {"page": found, "told": told, "state": state}
    return render(request, "console/admin/complaints.html", context, status=status)
