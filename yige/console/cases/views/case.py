"""The page of one case: what it is, where it stands, what was said, and what may be done now."""

import secrets

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from yige.cases import case_facts, deadlines, reporters, waits
from yige.cases.callers import other_cases_of_caller
from yige.cases.came_again import same_problem_before
from yige.cases.corrections import history_of
from yige.cases.levels import SEAT
from yige.cases.queries import duty_clock
from yige.cases.same_place import MOST_SHOWN, other_cases_of_place
from yige.cases.standings import standings
from yige.cases.workflow import BY_VERB, may_beside
from yige.console.cases.rows import case as rows
from yige.console.cases.rows import case_acts, case_timeline, case_topic
from yige.grids.svg_sketch import sketch
from yige.lib.local_time import local_day
from yige.steps.forms import WITH_PHOTOS, form_for
from yige.web.guard import may, staff

SHORT = 6  # messages shown before “all”


@require_GET
@staff("see_cases")
def case(request, serial):
    at = timezone.now()
    return show(
        request, rows.get_case_or_404(request.user, serial, at), at=at, verb=request.GET.get("do", "")
    )


def show(request, case, *, at, verb="", form=None, status=200, **more):
    """Render the page with one verb's form open: the one asked for, or the one that comes next."""
    context = act_panel(request, case, at=at, verb=verb, form=form) | more
    if request.htmx and request.method == "GET":
        return render(request, "console/cases/case.html#act", context, status=status)
    context |= whole_page(case, at, context["hides_reporter"]) | {"refused": refused_acts(request, case, at)}
    context["file"] = rows.household_file_of(request.user, case, at)
    context["in_topic"] = case_topic.topic_of_page(case, request.user, at)
    others = other_cases_of_place(case, request.user, at)
    context |= {"same_place": others[:MOST_SHOWN], "before": same_problem_before(case, others)}
    if context["may_reveal"]:
        context["same_caller"] = other_cases_of_caller(case, by=request.user, at=at)
    return render(request, "console/cases/case.html", context, status=status)


def act_panel(request, case, *, at, verb="", form=None):
    """Return what the panel of acts shows; a form that was refused is shown whatever it is."""
    held = standings(request.user, case, at)
    asked = case_facts.open_request(case)
    look_backs = case_facts.look_backs_of(case)
    found = case_acts.possible_acts(case, request.user, held, asked, at)
    open_to = {move.verb for move in (found.first, *found.others) if move}
    chosen = BY_VERB[verb] if form or verb in open_to else found.first
    if chosen and form is None:
        first = initial(chosen.verb, asked)
        form = form_for(chosen.verb, case=case, by=request.user, at=at, initial=first)
    return {
        "case": case,
        "acts": found,
        "waits": case_acts.waits(case, asked),
        "wait": waits.open_wait(case),
        "chosen": chosen,
        "form": form,
        "key": secrets.token_urlsafe(24),
        "takes_photos": bool(chosen and chosen.verb in WITH_PHOTOS),
        "reporter_reads": bool(chosen and "{words}" in chosen.public),
        "calls": may(request, "call_back"),
        "leads_area": may(request, "see_whistles"),
        "asked": asked,
        "whistle_request": rows.whistle_request_of(case),
        "look_backs": look_backs,
        "calls_neighbours": case.is_open and may(request, "call_volunteers"),
        "may_reveal": may_beside("reveal", held),
        "hides_reporter": hides_reporter(held),
        "may_appeal": may_beside("appeal_card", held),
        "may_answer": may_beside("answer_appeal", held),
        "now": at,
    }


def initial(verb, asked):
    """A leader's form starts with what was asked for."""
    if asked and verb in ("extend", "park"):
        return {"until": local_day(asked.until), "words": asked.words}
    return None


def hides_reporter(held):
    """Say whether somebody stands so that nothing of a reporter is shown: the seat of the district, and that alone."""
    return bool(held & set(SEAT)) and not may_beside("reveal", held)


def whole_page(case, at, matter_alone=False):
    """Return what the rest of the page shows, in a fixed number of statements; the matter alone says nothing of reporters."""
    entries, photos = list(case.entries.all()), case_facts.photos_of(case)
    merged, recurrences = ([], []) if matter_alone else case_facts.linked_cases(case)
    names, shapes = rows.grids_of(case)
    reporter, told = getattr(case, "reporter", None), rows.message_summaries(case)
    outlook, shown = (
        deadlines.outlook(case, at, clock) for clock in (duty_clock(), deadlines.REPORTERS_CLOCK)
    )
    return {
        "outlook": outlook,
        "shifted": outlook.marks[0].due != shown.marks[0].due,
        "late": case.is_overdue(at),
        "lines": case_timeline.lines(entries, photos, at, matter_alone),
        "photos": photos,
        "corrections": history_of(case, matter_alone),
        "cards": case_facts.cards_of(case),
        "merged": case_facts.said_by_merged(case, merged),
        "recurrences": recurrences,
        "place_names": names,
        "sketch": sketch(shapes, case.lon, case.lat),
        "told": told[:SHORT],
        "told_more": told[SHORT:],
        "reporter": reporter,
        "contact": reporters.masked_contact(reporter) if reporter and not reporter.removed_at else None,
        "reasons": reporters.REASONS,
    }


def refused_acts(request, case, at):
    """Return why the other verbs are not allowed, when somebody wants to know."""
    wants = request.method == "GET" and "why" in request.GET
    held = standings(request.user, case, at) if wants else set()
    return case_acts.refused_verbs(case, request.user, held, at) if wants else []
