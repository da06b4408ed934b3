"""The rights desk: what people ask about their files, by the day it has to be answered; two registrars for a deletion."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yige.archive.models import Person, RightsRequest
from yige.archive.people import access, sealing
from yige.archive.people.purposes import GROUP_BY_NAME
from yige.archive.rights import requests as rights
from yige.console.files.forms.requests import AnswerForm, BackForm, FindForm, TakenForm
from yige.lib.local_time import date_words, local_day
from yige.lib.typed_values import read_id
from yige.steps import danger_doors
from yige.web.forms import ButtonForm, key_of
from yige.web.guard import staff
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt
from yige.web.paging import page_of

A_PAGE = 30


class Act(NamedTuple):
    verb: object
    form: type
    done: str


# fmt: off
ACTS = {
    "answer": Act(rights.answer,         AnswerForm, "已答复，申请人看得到。"),
    "agree":  Act(rights.agree_deletion, ButtonForm, "已同意，档案已经删除，留下了删除凭证。"),
    "back":   Act(rights.send_back,      BackForm,   "已退回第一位档案管理员重新答复。"),
}
# fmt: on


@require_GET
@staff("keep_files")
def requests(request):
    at, done = timezone.now(), request.GET.get("show") == "done"
    rows = RightsRequest.objects.kept_by(request.user, at).select_related("person")
    rows = (
        rows.exclude(pk__in=rows.waiting().values("pk")).order_by("-answered_at") if done else rows.waiting()
    )
    page = page_of(rows, request.GET.get("page"), A_PAGE)
    told = [
        (row, sealing.mask_value(row.person, "name"), days_left(row, at), rights.awaits_second(row))
        for row in page
    ]
    return render(request, "console/files/requests.html", {"page": page, "told": told, "done": done})


def days_left(row, at):
    return (row.due_on - local_day(at)).days


@require_GET
@staff("keep_files")
def one(request, pk):
    return page_of_one(request, get_request_or_404(request, pk))


@require_POST
@staff("keep_files")
def act(request, pk, verb):
    if verb not in ACTS:
        raise Http404
    row, form = get_request_or_404(request, pk), ACTS[verb].form(request.POST)
    outcome = attempt(request, form, ACTS[verb].verb, row, key=key_of(request))
    if not outcome.done:
        return page_of_one(request, get_request_or_404(request, pk), {verb: form}, outcome.status)
    said = ACTS[verb].done
    if verb == "answer" and rights.awaits_second(outcome.result):
        said = "已同意删除。还要另一位档案管理员复核，复核之前什么也没有删。"
    messages.success(request, said)
    return redirect("console:rights_one", pk=pk)


def get_request_or_404(request, pk):
    rows = RightsRequest.objects.kept_by(request.user, timezone.now())
    people = ("person__guardian", "taken_by", "answered_by", "agreed_by")
    return get_object_or_404(rows.select_related(*people), pk=pk)


def page_of_one(request, row, said=None, status=200):
    at, person, said = timezone.now(), row.person, said or {}
    context = {
        "row": row,
        "person": person,
        "name": sealing.mask_value(person, "name"),
        "phone": sealing.mask_value(person.guardian or person, "phone"),
        "group": GROUP_BY_NAME.get(row.field),
        "left": days_left(row, at),
        "second": rights.awaits_second(row),
        "mine": row.answered_by_id == request.user.pk,
        "answer": said.get("answer") or AnswerForm(auto_id="answer_%s"),
        "back": said.get("back") or BackForm(auto_id="back_%s"),
        "refused": next(iter(said.values()), None),
    }
    return render(request, "console/files/request.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff("open_files")
def new(request):
    """Take a request down for somebody: first who it is, then what is asked."""
    asked = request.POST.get("person") or request.GET.get("person", "")
    if not asked:
        return render(request, "console/files/request_new.html", {"find": FindForm()})
    person = person_of(request, asked)
    form = TakenForm(request.POST or None)
    outcome = attempt(request, form, danger_doors.ask_about_file, person)
    if outcome.done:
        due = outcome.result.due_on
        messages.success(request, f"已登记，{date_words(due)}前由档案管理员答复本人。")
        return redirect_heard("console:rights_new", form.cleaned_data["words"])
    context = {
        "form": form,
        "person": person,
        "name": sealing.mask_value(person, "name"),
        "days": rights.DAYS,
    }
    return render(request, "console/files/request_new.html", context, status=outcome.status)


def person_of(request, asked):
    rows = Person.objects.visible_to(request.user, timezone.now()).current().select_related("household")
    return get_object_or_404(rows, pk=read_id(asked))


@require_POST
@staff("open_files")
def find(request):
    form = FindForm(request.POST)
    outcome = attempt(request, form, find_people, None)
    context = {"find": form, "people": outcome.result or [], "searched": outcome.done}
    return render(request, "console/files/request_new.html", context, status=outcome.status)


def find_people(_, *, by, at, q):
    """Look for a number or a whole name in one's own reach; too many searches have to wait."""
    look = access.find_by_phone if any(sign.isdigit() for sign in q) else access.find_by_name
    return [
        (row, sealing.mask_value(row, "name"), sealing.mask_value(row, "phone"))
        for row in look(q, by=by, at=at)
    ]
