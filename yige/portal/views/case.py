"""The reporter's page of a case: the strip, the parcel-style timeline, and what may be done now."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yige.accounts.actors import LinkHolder
from yige.alliance.queries import help_that_came
from yige.cases import deadlines, photos, rules, timelines
from yige.cases.came_again import times_before
from yige.cases.queries import leading_case
from yige.cases.words import SolvedAnswer
from yige.portal import forms, links, queries, visitor
from yige.portal.views.report import take_photos
from yige.steps.verbs import VERBS
from yige.topics.queries import told_on
from yige.web.heard import redirect_heard
from yige.web.outcome import outcome_of
from yige.whistles.public_status import joint_status


class Section(NamedTuple):
    """One thing the reporter may do: its form, its words, and what is said when it is done."""

    verb: str
    form: type
    title: str
    words: str
    button: str
    icon: str
    done: str


# fmt: off
SECTIONS = (
    #       verb        form                title               what it means                                      button          icon             said afterwards
    Section("rate",     forms.RateForm,     "解决得怎么样？",     "三个问题，点一点就行。选“没有解决”，会重新办理。",       "交评价",        "star",          ""),
    Section("reopen",   forms.ReopenForm,   "还没解决？",        "可以要求重新办理，时限从头算。",                       "要求重新办理",   "rotate",        "已经重新办理，时限从现在重新算。"),
    Section("object",   forms.ObjectForm,   "不同意这个决定？",   "可以提一次异议，由街道重新审看。",                     "提出异议",      "hand-stop",     "异议已经提交，由街道重新审看。"),
    Section("add",      forms.AddForm,      "补充文字或照片",     "想起什么、情况有变化，都可以补上。",                   "补上去",        "photo-plus",    "补充好了，承办单位看得到。"),
    Section("urge",     forms.UrgeForm,     "催一催",            "每个时限可以催一次；过了时限还没做到的，每天可以催一次。承办单位和上一级都会看到。",        "催办",          "bell-ringing",  "已经催办，承办单位和上一级都会看到。"),
    Section("withdraw", forms.WithdrawForm, "不用办了？",        "已经好了，或者写错了，可以撤回。",                     "撤回这件事",    "arrow-back-up", "已经撤回。以后还有问题，随时再反映。"),
)
# fmt: on
RATED = {
    SolvedAnswer.YES: "谢谢您，记下了：解决了。以后又出现，随时再说。",
    SolvedAnswer.PARTLY: "记下了：还有一部分没解决。街道会决定怎么接着办，写在这一页告诉您。",
    SolvedAnswer.NO: "知道了，没有解决。已经重新办理，时限从现在重新算，每一步都写在这一页。",
}
BY_VERB = {section.verb: section for section in SECTIONS}


@require_safe
def case(request, serial, secret):
    now = timezone.now()
    return show(request, links.case_behind(request, serial, secret, at=now), now)


@require_POST
def act(request, serial, secret, verb):
    if verb not in BY_VERB:
        raise Http404
    at = timezone.now()
    subject = links.case_behind(request, serial, secret, at=at)
    form = BY_VERB[verb].form(request.POST, request.FILES)
    outcome = outcome_of(take_photos, request, form, "follow", at=at).beside(form)
    gathered = outcome.result or []
    if outcome.done and form.errors:
        return show(request, subject, at, said={verb: form}, gathered=gathered, status=422)
    if outcome.done:
        kept = [photo.photo for photo in gathered]
        target = leading_case(subject) if verb in queries.WITH_THE_LEADER else subject
        outcome = outcome_of(perform, verb, target, subject, form.cleaned_data, kept, at).beside(form)
    if not outcome.done:
        subject.refresh_from_db()
        return show(request, subject, at, said={verb: form}, gathered=gathered, status=outcome.status)
    messages.success(request, done_words(verb, form.cleaned_data))
    return visitor.remember(
        request, redirect_heard(links.address(subject), form.cleaned_data.get("words", ""))
    )


def done_words(verb, said):
    """Return what is said when it is done: after a rating, what follows from the answer."""
    return RATED[said["solved"]] if verb == "rate" else BY_VERB[verb].done


def perform(verb, target, subject, said, kept, at):
    said = {name: value for name, value in said.items() if name != "photos"}
    key, seen = str(said.pop("key")), said.pop("seen", None)
    if verb not in ("add", "urge"):  # words and a hurry are welcome whatever happened meanwhile
        said["seen"] = seen
    if kept:
        said["photos"] = kept
    VERBS[verb](target, by=LinkHolder(subject.pk), at=at, key=key, **said)


def show(request, subject, now, *, said=None, gathered=(), thanks=None, status=200):
    leader = leading_case(subject)
    offered = sections(subject, leader, now, said or {})
    verbs = {section.verb for section, _ in offered}
    lines = timelines.reporter_lines(subject)
    topics = told_on(lines)
    context = {
        "case": subject,
        "leader": leader,
        "leader_is_public": leader.pk != subject.pk and queries.ledger(number=leader.serial).exists(),
        "now": now,
        "outlook": deadlines.outlook(leader, now),
        "joint": joint_status(leader),
        "lines": [(line, topics.get(line.entry.said.get("topic"))) for line in lines],
        "helped": helped_by(leader, thanks or {}),
        "sections": offered,
        "refused": next(iter((said or {}).values()), None),
        "may_object": "object" in verbs,
        "may_urge": "urge" in verbs,
        "urge_wait": "" if "urge" in verbs else queries.urge_wait(subject, leader, now),
        "gathered": gathered,
        "link": links.absolute(subject),
        "base": links.address(subject),
        "most_photos": photos.MOST_PHOTOS,
        "times_before": times_before(subject) if leader.is_open else 0,
        "reopen_until": leader.reopenable_until(rules.value("reopen_days")),
    }
    return render(request, "portal/case.html", context, status=status)


def helped_by(leader, refused):
    """Return (call, form) for what neighbours came to help with; without a form where thanks were said."""
    return [
        (
            call,
            None
            if call.reporter_thanked_at
            else refused.get(call.pk) or forms.ThanksForm(auto_id=f"{call.pk}-%s"),
        )
        for call in help_that_came(leader)
    ]


def sections(subject, leader, now, said):
    """Return (section, form) for what may be done now, and for the form that was just refused."""
    may = queries.reporter_may(subject, leader, now)
    return [
        (section, said.get(section.verb) or section.form(initial={"seen": may[section.verb].version}))
        for section in SECTIONS
        if section.verb in may or section.verb in said
    ]
