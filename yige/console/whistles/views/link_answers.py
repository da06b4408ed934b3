"""What came by one-time links: nobody's act until the desk takes it over; or it is sent back with a reason."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from yige.console.whistles.forms.link_answers import SendBackForm, TakeOverForm
from yige.console.whistles.rows import link_answers as rows
from yige.steps.s5_handle import one_time_links as links
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import INVALID, outcome_of
from yige.whistles.words import ACT_LABELS


@require_GET
@staff("whistle")
def link_answers(request):
    at = timezone.now()
    found = [(answer, ACT_LABELS[answer.verb]) for answer in rows.link_answers(request.user, at)]
    return render(request, "console/whistles/link_answers.html", {"rows": found, "now": at})


@require_http_methods(["GET", "HEAD", "POST"])
@staff("whistle")
def link_answer(request, pk):
    at = timezone.now()
    answer = get_object_or_404(rows.link_answers(request.user, at), pk=pk)
    taking = request.POST.get("decision") == "take"
    posted = request.POST if request.method == "POST" else None
    take = TakeOverForm(posted if taking else None, answer=answer)
    back = SendBackForm(posted if posted is not None and not taking else None)
    outcome = None
    if posted is not None:
        outcome = decide(request, answer, take if taking else back, taking, at)
        if outcome.done:
            outcome.announce(request, "已照此记下。" if taking else "已退回，写明了原因。")
            return redirect("console:whistle", answer.link.call.whistle_id)
    context = {
        "answer": answer, "label": ACT_LABELS[answer.verb], "lines": rows.lines_of(answer), "take": take, "back": back,
        "key": key_of(request), "now": at,
    }  # fmt: skip
    return render(
        request,
        "console/whistles/link_answer.html",
        context,
        status=outcome.status if outcome is not None else 200,
    )


def decide(request, answer, form, taking, at):
    if not form.is_valid():
        return INVALID
    said = {"by": request.user, "at": at, "key": key_of(request), **form.cleaned_data}
    return outcome_of(links.take_over if taking else links.send_answer_back, answer, **said).beside(form)
