"""The one-time link of a called unit without an account: what is asked of it, and one answer; no log-in."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.accounts.actors import STRANGER
from yige.lib.local_time import local_day
from yige.portal import visitor
from yige.steps.s5_handle import one_time_links as links
from yige.steps.s5_handle.joint_forms import JOINT_FORMS, joint_form
from yige.web.outcome import INVALID, outcome_of
from yige.whistles.words import ACT_LABELS

# What a unit says by a link about whose duty it is goes without a list of all units.
LEFT_OUT = ("suggested",)


@require_http_methods(["GET", "HEAD", "POST"])
def joint(request, pk, secret):
    at = timezone.now()
    link = links.find_link(pk, secret, at)
    if link is None:
        return dead(request, at)
    verbs = links.verbs_of_link(link, at)
    verb = request.POST.get("verb") or request.GET.get("say") or (verbs[0] if len(verbs) == 1 else "")
    form = form_of(verb, request.POST or None, link, at) if verb in verbs else None
    if request.method != "POST":
        return show(request, link, verbs, verb, form, at)
    if form is None or not form.is_valid():
        return show(request, link, verbs, verb, form, at, status=INVALID.status)
    answer = partial(links.answer_by_link, link, verb=verb, said=as_text(form.cleaned_data))
    outcome = outcome_of(answer, by=STRANGER, at=at).beside(form)
    if outcome.status == 409:
        return dead(request, at)  # another phone was first, or it ended meanwhile
    if not outcome.done:
        return show(request, link, verbs, verb, form, at, status=outcome.status)
    return render(request, "portal/joint_sent.html", {"link": link, "label": ACT_LABELS[verb], "now": at})


def form_of(verb, posted, link, at):
    form = joint_form(verb, posted, row=link.step if link.step_id else link.call, at=at)
    for name in LEFT_OUT:
        form.fields.pop(name, None)
    return form


def as_text(said):
    """Return what was said as text; a day as a day."""
    return {
        name: local_day(value).isoformat() if hasattr(value, "astimezone") else value
        for name, value in said.items()
    }


def dead(request, at) -> HttpResponse:
    """Say the same of a link that was used, ended, revoked or guessed; whoever guesses on has to wait."""
    outcome = outcome_of(visitor.slow_down, request, "link", at=at)
    context = {"sentence": links.DEAD if outcome.done else outcome.sentence, "unsent": unsent(request)}
    status = 404 if outcome.done else outcome.status
    return visitor.remember(request, render(request, "portal/joint_dead.html", context, status=status))


def unsent(request):
    """Return (label, words) of what this request sent, to be copied where it could not be taken; nothing is looked up."""
    verb = request.POST.get("verb", "")
    if verb not in links.FIELDS:
        return []
    fields = JOINT_FORMS[verb].base_fields
    pairs = [(fields[name].label, request.POST.get(name, "").strip()) for name in links.FIELDS[verb]]
    return [(label, words) for label, words in pairs if words]


def show(request, link, verbs, verb, form, at, *, status=200):
    context = {
        "link": link,
        "call": link.call,
        "whistle": link.call.whistle,
        "choices": [(each, ACT_LABELS[each]) for each in verbs],
        "verb": verb,
        "label": ACT_LABELS.get(verb, ""),
        "form": form,
        "refused": links.why_not_by_link(link, verb, at) if request.method == "POST" and form is None else "",
        "unsent": unsent(request) if form is None else [],
        "now": at,
    }
    return visitor.remember(request, render(request, "portal/joint.html", context, status=status))
