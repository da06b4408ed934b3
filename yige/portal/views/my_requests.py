"""What I asked of those who keep my file, and what became of it; asking anew."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yige.archive.models import RightsRequest
from yige.archive.people import sealing
from yige.archive.rights import looks
from yige.archive.rights import requests as rights
from yige.lib.local_time import date_words, local_day, moment_words
from yige.lib.typed_values import read_id
from yige.portal.my_forms import RequestForm
from yige.portal.resident import file_of, resident, wards
from yige.steps import danger_doors
from yige.web.heard import redirect_heard
from yige.web.outcome import attempt

DONE = "提好了。最迟 {day} 答复您，结果在这一页看，也会发短信告诉您。"


@require_safe
@resident
def requests(request):
    mine = [request.person.pk, *wards(request).values_list("pk", flat=True)]
    rows = RightsRequest.objects.filter(person__in=mine).select_related("person").order_by("-asked_at")
    told = [(row, rights.awaits_second(row), row.person_id == request.person.pk) for row in rows[:50]]
    return render(request, "portal/my_requests.html", {"rows": told, "today": local_day(timezone.now())})


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def ask(request, pk=None):
    person = file_of(request, pk)
    form = RequestForm(request.POST or None, initial=asked_from(request, person))
    outcome = attempt(request, form, danger_doors.ask_about_file, person, by=request.by)
    if outcome.done:
        due = outcome.result.due_on
        messages.success(request, DONE.format(day=date_words(due)))
        return redirect_heard("portal:my_requests", form.cleaned_data["words"])
    own = person.pk == request.person.pk
    context = {"form": form, "of": person, "own": own, "days": rights.DAYS}
    if not own:
        context["name"] = sealing.open_value(person, "name")
    return render(request, "portal/my_ask.html", context, status=outcome.status)


def asked_from(request, person):
    """Return what the page that led here was about: a group of fields, or one line of who looked."""
    said = {name: request.GET.get(name, "")[:20] for name in ("kind", "field")}
    look = read_id(request.GET.get("look"))
    if look and (line := looks.looks(person).filter(pk=look).first()):
        (look,) = looks.look_rows([line])
        said["words"] = (
            f"请说明：{moment_words(look.at, timezone.now())}，{look.who}{look.what}（{look.why}）。"
        )
    return said
