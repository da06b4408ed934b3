"""What lies with a unit: its cases, what it is called to, its steps, by when; and one call as its unit sees it."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse

from yige.accounts.scope import posts_of
from yige.cases.models import DANGER_FIRST, Case
from yige.cases.queries import work_calendar
from yige.cases.words import WITH_UNIT
from yige.lib.local_time import end_of_day, local_day
from yige.steps.s5_handle.calls import why_call_refused
from yige.whistles import limits
from yige.whistles.call_moves import BY_LINK
from yige.whistles.models import Call, Dispute, PlanStep
from yige.whistles.words import ACT_LABELS, CALL_OPEN, CallState, Part

MOST = 200
LABELS = {limit.name: limit.label for limit in limits.LIMITS}
NEXT = ("answer", "sign", "contact", "arrive", "deliver")
PLAN_VERBS = ("add_step", "shift_step")


class Mine(NamedTuple):
    """One thing that a unit has to do: what kind, what, where, what is asked, by when (None: no rule says)."""

    kind: str
    tone: str
    title: str
    place: str
    asked: str
    due: datetime | None
    href: str
    danger: bool = False


class CallAct(NamedTuple):
    verb: str
    label: str
    row: object


def units_of(user, at):
    return [post.unit_id for post in posts_of(user, at) if post.may("answer_calls")]


def what_is_mine(user, at):
    """Return all that the user's units have to do, dangers, then what is due first at the top: three statements."""
    units = units_of(user, at)
    rows = [*cases_of(user, units, at), *calls_of(units), *steps_of(units)]
    return sorted(rows, key=lambda row: (not row.danger, row.due is None, row.due or at))


def cases_of(user, units, at):
    rows = Case.objects.visible_to(user, at).filter(unit__in=units, state__in=WITH_UNIT)
    rows = (
        rows.select_related("category", "grid")
        .defer("grams", "search_text")
        .order_by(DANGER_FIRST, "next_mark_at")
    )
    for case in rows[:MOST]:
        href, danger = reverse("console:case", args=[case.serial]), case.alarm_at is not None
        kind, tone = ("派给本单位，险情", "bad") if danger else ("派给本单位", "")
        yield Mine(
            kind, tone, case.category.label, case.grid.name, case.words, case.next_mark_at, href, danger
        )


def calls_of(units):
    rows = Call.objects.open().filter(unit__in=units)
    for call in rows.select_related("whistle__case__category", "whistle__case__grid")[:MOST]:
        case = call.whistle.case
        tone = "bad" if call.whistle.trigger == "emergency" else "accent"
        kind = f"联办，{call.get_part_display()}，{call.get_state_display()}"
        href = reverse("console:call", args=[call.pk])
        yield Mine(
            kind, tone, case.category.label, case.grid.name, call.asked, call.next_due_at, href, tone == "bad"
        )


def steps_of(units):
    rows = PlanStep.objects.open().filter(unit__in=units, done_at=None)
    for step in rows.select_related("whistle__case__category", "whistle__case__grid").prefetch_related(
        "whistle__calls"
    )[:MOST]:
        case = step.whistle.case
        call = next(call for call in step.whistle.calls.all() if call.unit_id == step.unit_id)
        href = reverse("console:call", args=[call.pk])
        due = end_of_day(step.due_on)
        yield Mine("联办计划的一步", "care", case.category.label, case.grid.name, step.words, due, href)


def get_call_or_404(user, pk, at):
    """Return a call of one of the user's units with what its page shows: never a word of the case or its reporter."""
    others = Call.objects.select_related("unit").only("unit__name", "part", "state", "whistle")
    steps = PlanStep.objects.select_related("unit").filter(dropped_at=None)
    rows = Call.objects.of_units(user, at).select_related(
        "unit", "whistle__case__category", "whistle__case__grid"
    )
    rows = rows.prefetch_related(
        Prefetch("disputes", Dispute.objects.select_related("suggested"), to_attr="all_disputes"),
        Prefetch("whistle__calls", others, to_attr="all_calls"),
        Prefetch("whistle__steps", steps, to_attr="all_steps"),
    )
    return get_object_or_404(rows, pk=pk)


def acts_of(call, at):
    """Return what its unit may do with a call now, the next thing first."""
    verbs = [verb for verb in (*BY_LINK, "answer") if not why_call_refused(verb, call, None, at, {"unit"})]
    if not call.whistle.is_running:
        verbs = [verb for verb in verbs if verb == "answer"]
    first = next((verb for verb in NEXT if verb in verbs), None)
    verbs.sort(key=lambda verb: verb != first)
    return [CallAct(verb, ACT_LABELS[verb], call) for verb in verbs]


def steps_with_acts(call, at):
    """Return the steps of the plan with what may be done: with the own ones, and with all by the unit that leads."""
    day = local_day(at)
    for step in call.whistle.all_steps:
        mine = step.unit_id == call.unit_id
        acts = [CallAct(verb, ACT_LABELS[verb], step) for verb in step_verbs(step, call, mine)]
        yield step, mine, step.is_open and not step.done_at and step.due_on < day, acts


def step_verbs(step, call, mine):
    if not step.is_open or not call.whistle.is_running:
        return []
    finish = ["finish_step"] if mine and not step.done_at else []
    shift = ["shift_step"] if leads(call) and not step.done_at else []
    return [*finish, *shift]


def plan_acts(call):
    """Return what the unit that leads may do with the plan as a whole."""
    whistle = call.whistle
    open_calls = any(other.state in CALL_OPEN for other in whistle.all_calls)
    growing = whistle.is_running and whistle.case.may_be_handled
    if not leads(call) or not growing or not open_calls:
        return []
    return [CallAct("add_step", ACT_LABELS["add_step"], whistle)]


def leads(call):
    """Say whether the unit of a call leads, and so makes the plan together with the street."""
    return call.part == Part.LEAD and call.state != CallState.RELEASED


def others_of(call):
    return [other for other in call.whistle.all_calls if other.pk != call.pk and other.state != "released"]


def is_final(call, at):
    """Say whether what the street said of the unit stands, so that nothing can be answered any more."""
    return bool(call.assessed_at) and at > limits.final_at(
        call.assessed_at, call.answered_at, work_calendar()
    )
