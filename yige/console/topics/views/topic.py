"""One topic: its cases, steps, result and history, and what may be done now."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from yige.console.topics.forms import topic as forms
from yige.console.topics.rows import topic as rows
from yige.topics import actions
from yige.topics.models import Milestone, Topic
from yige.web.forms import ButtonForm, key_of, seen_of
from yige.web.guard import staff
from yige.web.outcome import attempt

# fmt: off
ACTS = {
    # verb              form                  what is called           what is said after
    "agree":           (ButtonForm,           actions.agree,           "定下来了，这些事项的反映人会知道。"),
    "change":          (forms.ChangeForm,     actions.change,          "改好了。"),
    "put_in":          (forms.PutInForm,      actions.put_in,          "加进来了。事项照常办，时限不变。"),
    "take_out":        (forms.TakeOutForm,    actions.take_out,        "拿出去了，理由留在经过里。"),
    "set_milestone":   (forms.MilestoneForm,  actions.set_milestone,   "定了一步。过了日子会列在牵头单位的工作台上。"),
    "write_result":    (forms.ResultForm,     actions.write_result,    "写好了，等另一位网格长公布。"),
    "send_back":       (forms.SendBackForm,   actions.return_result,       "退回去了，写明了要改什么。"),
    "publish":         (ButtonForm,           actions.publish,         "公布了，居民现在就看得到，反映人也会收到。"),
    "drop":            (forms.DropForm,       actions.drop,            "这个专题不办了，事项照常办。"),
    "reopen":          (forms.ReopenForm,     actions.reopen,          "重新办了。请再定一步。"),
}
STEP_ACTS = {
    "move_milestone":   (forms.MoveForm,   actions.move_milestone,   "日子改了，最初定的日子还在。"),
    "finish_milestone": (forms.FinishForm, actions.finish_milestone, "这一步办完了。"),
}
# fmt: on


@require_GET
@staff("see_topics")
def topic(request, pk):
    return page(request, find(request, pk))


@require_POST
@staff("see_topics")
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, (form_of, call, words) = find(request, pk), ACTS[verb]
    form = form_of(request.POST, **reach(request, form_of))
    button = {"key": key_of(request), "seen": seen_of(request)} if form_of is ButtonForm else {}
    return answer(request, row, attempt(request, form, call, row, **button), {verb: form}, words)


@require_POST
@staff("see_topics")
def act_on_step(request, pk, verb):
    if verb not in STEP_ACTS:
        raise Http404
    topics = Topic.objects.visible_to(request.user, timezone.now())
    step = get_object_or_404(Milestone.objects.select_related("topic__owner"), pk=pk, topic__in=topics)
    form_of, call, words = STEP_ACTS[verb]
    form = form_of(request.POST, auto_id=f"{verb}-{pk}-%s")
    return answer(request, step.topic, attempt(request, form, call, step), {(verb, step.pk): form}, words)


def answer(request, row, outcome, forms_shown, words):
    if outcome.done:
        messages.success(request, words)
        return redirect("console:topic", row.pk)
    return page(request, row, forms_shown, status=outcome.status)


def find(request, pk):
    return get_object_or_404(
        Topic.objects.visible_to(request.user, timezone.now()).select_related("owner", "proposed_by"), pk=pk
    )


def page(request, row, refused=None, status=200):
    at = timezone.now()
    context = rows.page_parts(row, request.user, at)
    shown = {
        verb: first_form(request, form_of, row, verb)
        for verb, (form_of, _, _) in ACTS.items()
        if verb in context["may"]
    }
    refused = refused or {}
    shown |= {verb: form for verb, form in refused.items() if isinstance(verb, str)}
    steps = rows.step_lines(row, context["may"], refused, at, forms)
    context |= {
        "forms": shown,
        "steps": steps,
        "refused": next((name for name in refused if isinstance(name, str)), ""),
    }
    return render(request, "console/topics/topic.html", context, status=status)


def first_form(request, form_of, row, verb):
    first = {"title": row.title, "words": row.words, "owner": str(row.owner_id)} if verb == "change" else {}
    if verb == "write_result":
        first = {
            "result": row.results.filter(published_at=None).values_list("words", flat=True).first() or ""
        }
    return form_of(initial=first, auto_id=f"{verb}-%s", **reach(request, form_of))


def reach(request, form_of):
    """Return what a form needs that looks for a case."""
    return {"user": request.user, "at": timezone.now()} if issubclass(form_of, forms.CaseForm) else {}
