"""Several cases at once: hand them to one unit, or merge them into one; every row says what became of it."""

from typing import NamedTuple

from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yige.cases.models import Case
from yige.cases.queries import serials_of
from yige.lib.typed_values import read_number
from yige.steps.s4_dispatch import actions as s4
from yige.steps.s4_dispatch.forms import takers
from yige.steps.verbs import VERBS, why_refused
from yige.web.forms import key_of
from yige.web.guard import staff
from yige.web.outcome import outcome_of

MOST = 50


class Result(NamedTuple):
    """What became of one row: `sentence` is empty when it was done."""

    case: Case
    sentence: str


@require_http_methods(["GET", "POST"])
@staff("dispatch")
def dispatch(request):
    at = timezone.now()
    cases = picked_cases(request, at)
    ready, waiting = sorted_out(cases, request.user, at)
    open_to = cases if request.method == "POST" else ready  # what was sent twice is answered twice
    groups, rows = takers(targets(open_to, request.user, at), request.user)
    to = rows.get(request.POST.get("unit", ""))
    if request.method == "POST" and to and cases:
        said = {"unit": to[0], "person": to[1], "words": ""}
        results = do_each("dispatch", cases, request, at, **said)
        return show_results(request, "batch_dispatch", results, f"派给{to[0]}", at)
    wrong = "请选择派给谁。" if request.method == "POST" and ready else ""
    context = {"cases": ready, "waiting": waiting, "groups": groups, "wrong": wrong, "key": key_of(request)}
    context["now"] = at
    return render(request, "console/cases/batch_dispatch.html", context, status=422 if wrong else 200)


def sorted_out(cases, by, at):
    """Return the cases that this person can dispatch now, and the others as results that say why not."""
    said = [Result(case, why_refused("dispatch", case, by, at)) for case in cases]
    return [row.case for row in said if not row.sentence], [row for row in said if row.sentence]


@require_http_methods(["GET", "POST"])
@staff("lead_cases")
def merge(request):
    at = timezone.now()
    cases = picked_cases(request, at)
    stays = next((case for case in cases if case.number == request.POST.get("into")), None)
    others = [case for case in cases if case != stays]
    if request.method == "POST" and stays and others:
        results = do_each("merge", others, request, at, into=stays)
        return show_results(request, "batch_merge", results, f"并入 {stays.number}", at)
    wrong = ""
    if request.method == "POST" and cases:
        wrong = "请选择保留哪一件。" if len(cases) > 1 else "并案至少要选两件。"
    context = {"cases": cases, "wrong": wrong, "key": key_of(request), "now": at}
    return render(request, "console/cases/batch_merge.html", context, status=422 if wrong else 200)


def picked_cases(request, at):
    """Return the cases whose numbers were picked, in reach, in the order of their numbers."""
    numbers = (request.GET if request.method == "GET" else request.POST).getlist("case")[:MOST]
    rows = Case.objects.visible_to(request.user, at).filter(serial__in=serials_of(numbers))
    rows = rows.select_related("category", "grid", "unit", "first_unit").annotate(
        handler_name=F("handler__name")
    )
    return list(rows.order_by("serial"))


def targets(cases, by, at):
    """Return the posts that some of these cases may be handed to, each once."""
    places = {(case.grid_path, s4.leads(case)): case for case in cases}
    posts = {post.pk: post for case in places.values() for post in s4.targets(case, by, at)}
    return list(posts.values())


def do_each(verb, cases, request, at, **said):
    """Do it case by case; a refusal stops only its own row."""
    key, results = key_of(request), []
    for case in cases:
        outcome = outcome_of(
            VERBS[verb], case, by=request.user, at=at, key=f"{key}:{case.serial}", seen=seen_version(request, case), **said
        )  # fmt: skip
        results.append(Result(case, " ".join(filter(None, [outcome.sentence, *outcome.fields.values()]))))
    return results


def seen_version(request, case):
    """Return the version that the page showed of this case."""
    return read_number(request.POST.get(f"seen-{case.number}")) or 0


def show_results(request, template, results, what, at):
    done = sum(not result.sentence for result in results)
    context = {"results": results, "done": done, "refused": len(results) - done, "what": what, "now": at}
    return render(request, f"console/cases/{template}.html", context)
