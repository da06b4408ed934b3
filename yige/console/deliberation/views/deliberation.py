"""One deliberation: what it is about, what was said, counted, objected and done, and what may be done now."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.deliberation.forms import deliberation as forms
from yige.console.deliberation.rows import deliberation as rows
from yige.deliberation import actions, carrying_out
from yige.deliberation.models import Deliberation, Objection, Step
from yige.steps import danger_doors
from yige.web import vote_sheets
from yige.web.deliberation_sheet import record_pdf
from yige.web.forms import ButtonForm, key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb             form                 what is called                what is said after
    "list":           (forms.ListForm,      actions.list_matter,          "列入议题了，提的人会知道。请定开会的日子。"),
    "decline":        (forms.DeclineForm,   actions.decline,              "没有列入，提的人会看到理由。"),
    "change":         (forms.ChangeForm,    actions.change,               "改好了。"),
    "give_notice":    (forms.NoticeForm,    actions.give_notice,          "通知发出了，居民现在就看得到。"),
    "record_meeting": (forms.MeetingForm,   actions.record_meeting,       "会议记下了。"),
    "record_opinion": (forms.OpinionForm,   actions.record_opinion,       "开始公示 7 天。"),
    "record_count":   (forms.count_form,    actions.record_count,         "按规定算好了，开始公示 7 天。"),
    "object":         (forms.ObjectForm,    danger_doors.object_to,       "记下了，要答复。"),
    "settle":         (ButtonForm,          carrying_out.end_publicity,       "定下来了。要办的请定第一步。"),
    "take_back":      (forms.TakeBackForm,  carrying_out.take_back,       "重新议，请再定开会的日子。"),
    "set_step":       (forms.StepForm,      carrying_out.set_step,        "定了一步，办它的单位会知道。"),
    "feed_back":      (forms.FeedBackForm,  carrying_out.feed_back,       "反馈了，大家都看得到。"),
    "drop":           (forms.DropForm,      actions.drop,                 "不再议了，理由大家看得到。"),
}
STEP_ACTS = {
    "move_step":   (forms.MoveForm,   carrying_out.move_step,   "日子改了，最初定的日子还在。"),
    "finish_step": (forms.FinishForm, carrying_out.finish_step, "这一步办完了。"),
}
# fmt: on


@require_GET
@staff("see_deliberations")
def deliberation(request, pk):
    return page(request, find(request, pk))


@require_GET
@staff("see_deliberations")
def record_file(request, pk):
    return pdf_answer(record_pdf(find(request, pk)), "record.pdf")


@require_GET
@staff("see_deliberations")
def notice_file(request, pk):
    row = find(request, pk)
    if not row.noticed_at or not row.rule:
        raise Http404
    return pdf_answer(vote_sheets.notice_pdf(row), "notice.pdf")


@require_GET
@staff("see_deliberations")
def result_file(request, pk):
    row = find(request, pk)
    if not row.shown_at or not row.decisions.exists():
        raise Http404
    return pdf_answer(vote_sheets.result_pdf(row), "result.pdf")


def pdf_answer(content, name):
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_POST
@staff("see_deliberations")
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (_, call, words) = find(request, pk), ACTS[verb]
    form_of = form_class(row, verb)
    form = form_of(request.POST, auto_id=f"{verb}-%s")
    button = {"key": key_of(request), "seen": seen_of(request)} if form_of is ButtonForm else {}
    return answer(request, row, attempt(request, form, call, row, **button), {verb: form}, words)


@require_POST
@staff("see_deliberations")
def act_on_step(request, pk, verb):
    if verb not in STEP_ACTS:
        raise Http404
    visible = Deliberation.objects.visible_to(request.user, timezone.now())
    step = get_object_or_404(Step.objects.select_related("deliberation"), pk=pk, deliberation__in=visible)
    form_of, call, words = STEP_ACTS[verb]
    form = form_of(request.POST, auto_id=f"{verb}-{pk}-%s")
    return answer(
        request, step.deliberation, attempt(request, form, call, step), {(verb, step.pk): form}, words
    )


@require_POST
@staff("lead_deliberations")
def answer_objection(request, pk):
    visible = Deliberation.objects.visible_to(request.user, timezone.now())
    row = get_object_or_404(Objection.objects.select_related("deliberation"), pk=pk, deliberation__in=visible)
    form = forms.AnswerForm(request.POST, auto_id=f"answer-{pk}-%s")
    outcome = attempt(request, form, carrying_out.answer_objection, row)
    return answer(request, row.deliberation, outcome, {("answer", row.pk): form}, "答复了，提的人会知道。")


def answer(request, row, outcome, forms_shown, words):
    if outcome.done:
        messages.success(request, words)
        return redirect("console:deliberation", row.pk)
    return page(request, row, forms_shown, status=outcome.status)


def find(request, pk):
    rows_seen = Deliberation.objects.visible_to(request.user, timezone.now())
    return get_object_or_404(rows_seen.select_related("raised_by", "topic", "case"), pk=pk)


def page(request, row, refused=None, status=200):
    at, refused = timezone.now(), refused or {}
    context = rows.page_parts(row, request.user, at)
    shown = {verb: first_form(row, verb) for verb in ACTS if verb in context["may"]}
    shown |= {verb: form for verb, form in refused.items() if isinstance(verb, str)}
    context |= {
        "forms": shown,
        "steps": rows.step_lines(row, context["may"], refused, at, forms),
        "objections": rows.objection_lines(row, context["may"], refused, forms),
        "refused": next((name for name in refused if isinstance(name, str)), ""),
    }
    return render(request, "console/deliberation/deliberation.html", context, status=status)


def form_class(row, verb):
    return forms.count_form(row) if verb == "record_count" else ACTS[verb][0]


def first_form(row, verb):
    first = (
        {"title": row.title, "words": row.words, "affected": row.affected}
        if verb in ("list", "change")
        else {}
    )
    return form_class(row, verb)(initial=first, auto_id=f"{verb}-%s")
