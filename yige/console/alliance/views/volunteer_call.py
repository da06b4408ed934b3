"""One call: what is needed, who signed up, who waits, and what may be done now."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from yige.alliance import actions
from yige.alliance.models import VolunteerCall
from yige.console.alliance.forms import volunteer_call as forms
from yige.console.alliance.rows import volunteer_call as rows
from yige.web import call_sheets
from yige.web.forms import seen_of
from yige.web.guard import staff
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb      form               what is called          what is said after
    "change": (forms.ChangeForm,  actions.change_call,    "改好了。时间、地点变了的，报了名的人都会收到。"),
    "cancel": (forms.CancelForm,  actions.cancel_call,    "取消了，报了名的人都会收到。"),
    "finish": (forms.FinishForm,  actions.finish_call,    "记下了。来的人可以在“我的召集”里开证明。"),
    "thank":  (forms.ThankForm,   actions.thank,          "谢过了，来的人都会收到。"),
}
# fmt: on


@require_GET
@staff("call_volunteers", "run_organisation")
def volunteer_call(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("call_volunteers", "run_organisation")
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (form_of, call, words) = find(request, pk), ACTS[verb]
    form = form_of(request.POST, **rows.form_needs(row, verb))
    seen = {"seen": seen_of(request)} if verb == "change" else {}
    return answer(request, row, attempt(request, form, call, row, **seen), {verb: form}, words)


@require_POST
@staff("call_volunteers", "run_organisation")
def remove(request, pk, seat):
    row = find(request, pk)
    of = get_object_or_404(row.seats, pk=seat)
    form = forms.RemoveForm(request.POST, auto_id=f"remove-{seat}-%s")
    outcome = attempt(request, form, actions.remove_seat, row, seat=of)
    return answer(request, row, outcome, {seat: form}, "请他不用来了，理由他看得到。名额给了排队的下一位。")


@require_GET
@staff("call_volunteers", "run_organisation")
def poster(request, pk):
    row = find(request, pk)
    response = HttpResponse(
        call_sheets.poster_of(row, settings.YIGE_PUBLIC_URL), content_type="application/pdf"
    )
    response.headers["Content-Disposition"] = content_disposition_header(False, f"海报-{row.title}.pdf")
    return response


def answer(request, row, outcome, refused, words):
    if outcome.done:
        messages.success(request, words)
        return redirect("console:volunteer_call", row.pk)
    return page(request, row, refused, status=outcome.status)


def find(request, pk):
    calls = VolunteerCall.objects.visible_to(request.user, timezone.now()).with_held().select_related("case")
    return get_object_or_404(calls, pk=pk)


def page(request, row, refused=None, status=200):
    at, refused = timezone.now(), refused or {}
    lines = rows.seat_lines(row)
    context = {"call": row, "lines": lines, "waiting": rows.waiting_count(lines), "now": at}
    context["forms"] = {
        verb: refused.get(verb) or ACTS[verb][0](initial=rows.initial(row, verb, lines), auto_id=f"{verb}-%s", **rows.form_needs(row, verb, lines))
        for verb in rows.verbs_allowed(row, at)
    }  # fmt: skip
    may_remove = "change" in context["forms"]
    context["seats"] = [
        (line, refused.get(line.seat.pk) or forms.RemoveForm(auto_id=f"remove-{line.seat.pk}-%s"))
        if may_remove and line.is_there
        else (line, None)
        for line in lines
    ]
    context["refused"] = next((name for name in refused if isinstance(name, str)), "")
    context["unseen"] = {
        verb: form for verb, form in refused.items() if verb not in context["forms"] and isinstance(verb, str)
    }
    return render(request, "console/alliance/volunteer_call.html", context, status=status)
