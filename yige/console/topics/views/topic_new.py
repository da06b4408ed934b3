"""A topic from a case, and from what came together with it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.console.cases.rows.case import get_case_to_act_on_or_404
from yige.console.topics.forms.topic_new import TopicForm
from yige.console.topics.rows import topic_new as rows
from yige.topics.actions import propose
from yige.web.guard import staff
from yige.web.outcome import attempt


@require_http_methods(["GET", "HEAD", "POST"])
@staff("propose_topics")
def topic_new(request, serial):
    at = timezone.now()
    case = get_case_to_act_on_or_404(request.user, serial, at)
    taken, offer = rows.topic_taking(case, request.user, at), rows.offer_for(case, request.user, at)
    form = TopicForm(request.POST or None, areas=offer.areas, cases=offer.cases, initial=offer.first_values)
    outcome = attempt(request, form, propose, lambda form: form.area)
    if outcome.done:
        messages.success(request, "提好了。请写明第一步办什么、哪天以前，再由网格长定下来。")
        return redirect("console:topic", outcome.result.pk)
    context = {"form": form, "case": case, "taken": None if form.is_bound else taken, "voices": offer.voices}
    return render(request, "console/topics/topic_new.html", context, status=outcome.status)
