"""The joint plan of a whistle and its end: where to meet, dated steps, stable, how it came out."""

from yige.accounts.roles import having
from yige.lib.local_time import date_words, local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.steps.s5_handle.whistling import FARTHEST_DAY, check_meeting, check_not_far
from yige.whistles import calling, gate
from yige.whistles.gate import Line, check_street, check_text, joint_act
from yige.whistles.models import Call, PlanStep, StepShift
from yige.whistles.words import Part, Trigger

LONGEST_STEP, LONGEST_WHY = 200, 200


@joint_act
def set_meeting(whistle, *, by, at, meet_at, meet_place) -> Line:
    """Set where and when the called units meet; each is told, and reporting in is due then."""
    check_street(whistle, by, at)
    if meet_at is None:
        raise NotSaid("还没有定时间。", meet_at="请写碰头的日期和时间。")
    check_meeting(meet_at, meet_place, at)
    if not whistle.calls.open().exists():
        raise Conflict("各单位的部分都办完了，没有谁要来碰头。")
    whistle.meet_at, whistle.meet_place = meet_at, meet_place.strip()
    for call in whistle.calls.open().select_related("unit"):
        call.whistle = whistle
        gate.set_clock(call, at)
        call.save()
        calling.tell_unit(call, at=at, words="定了碰头的时间地点", kind="whistle_told", body=meet_place)
    return Line("街道定了时间，请各单位一起到场。", {"meet_at": meet_at, "meet_place": meet_place})


@joint_act
def call_unit(whistle, *, by, at, unit, part, asked, reached="") -> Line:
    """Call one more unit to a running whistle."""
    check_street(whistle, by, at)
    check_case_runs(whistle)
    calling.check_not_called(whistle, unit)
    if part == Part.LEAD and leader_of(whistle):
        raise NotSaid("已经有牵头的单位。", part="牵头的只能有一家。要换，请先写明原来那家不用来了。")
    one = calling.CallAsked(unit, Part(part), asked, reached)
    calling.check_call(one, at)
    calling.make_calls(whistle, [one], at)
    return Line(f"街道又请了{unit.name}一起来办。", one.as_written())


@joint_act
def name_lead(call, *, by, at) -> Line:
    """Let one of the called units lead, where the one that led was released."""
    check_street(call.whistle, by, at)
    if leader_of(call.whistle):
        raise Conflict("已经有牵头的单位。")
    if not call.is_open:
        raise Conflict("这家单位已经不在联办里了。")
    call.part = Part.LEAD
    call.version += 1
    call.save()
    calling.tell_unit(call, at=at, words="改由你们牵头", kind="whistle_told")
    return Line(f"改由{call.unit.name}牵头。", {"unit": call.unit.name})


def leader_of(whistle) -> Call | None:
    return whistle.calls.filter(part=Part.LEAD).exclude(state="released").first()


@joint_act
def add_step(whistle, *, by, at, unit, words, due_on) -> Line:
    """Add one step: one unit of those called, one sentence, a day from today on."""
    check_planner(whistle, by, at)
    check_case_runs(whistle)
    words = calling.check_public(words, "words", LONGEST_STEP)
    if not whistle.calls.open().filter(unit=unit).exists():
        raise NotSaid("请另选。", unit="这家单位不在联办里，或者它的部分已经办完。")
    check_day(due_on, at)
    PlanStep.objects.create(
        whistle=whistle, unit=unit, words=words, due_on=due_on, first_due_on=due_on, added_at=at
    )
    whistle.planned_at = whistle.planned_at or at
    return Line(f"计划：{unit.name}在{date_words(due_on)}前{words}。", {"unit": unit.name, "step": words})


def check_planner(whistle, by, at) -> None:
    """Refuse whoever neither whistles for the place nor is of the unit that leads."""
    if gate.street_over(whistle, by, at):
        return
    lead = leader_of(whistle)
    if lead is None or not any(
        post.may("handle") and post.unit_id == lead.unit_id for post in by.posts_at(at)
    ):
        raise NotAllowed("计划由街道和牵头的单位来定。")


def check_case_runs(whistle) -> None:
    """Refuse to add to a matter that is called done already."""
    if not whistle.case.may_be_handled:
        raise Conflict("这件事已经说办好了，不能再加。没办好的请先退回重做。")


def check_day(day, at) -> None:
    today = local_day(at)
    if day < today:
        raise NotSaid("这个日子已经过了。", due_on="请写今天或以后的日子。")
    check_not_far(day, today + FARTHEST_DAY, "due_on")


@joint_act
def shift_step(step, *, by, at, due_on, words) -> Line:
    """Move a step to another day; the first day and the reason stay."""
    check_planner(step.whistle, by, at)
    check_step_asked(step)
    words = check_text(words, "words", longest=LONGEST_WHY)
    check_day(due_on, at)
    if due_on == step.due_on:
        raise NotSaid("还是同一天。", due_on="请写新的日子。")
    StepShift.objects.create(step=step, at=at, by=by, was_on=step.due_on, words=words)
    step.due_on = due_on
    step.save()
    return Line(
        f"“{step.words}”改到{date_words(due_on)}前：{words}",
        {"unit": step.unit.name, "step": step.words, "words": words},
    )


def check_step_open(step) -> None:
    if not step.is_open:
        raise Conflict("这一步已经有结果了。")


@joint_act
def finish_step(step, *, by, at, words, answer=None) -> Line:
    """Say that a step is done, and how; by its unit, or by the street for one without an account."""
    check_doer(step, by, at, answer)
    check_step_asked(step)
    step.done_at, step.done_words = at, check_text(words, "words")
    step.save()
    calling.tell_street(
        step.whistle, f"{step.unit}做完了一步，等街道看", at=at, roles=having("whistle"), body=words
    )
    return Line(
        f"{step.unit.name}做完了：{step.words}。", {"step": step.words, "words": words}, step.unit.name
    )


def check_step_asked(step) -> None:
    """Refuse what is about a step still to be done, where it has its end or was said to be done."""
    check_step_open(step)
    if step.done_at:
        raise Conflict("这一步已经说做完了，正等街道认可。")


def check_doer(step, by, at, answer=None) -> None:
    call = Call.objects.filter(whistle=step.whistle_id, unit=step.unit_id).first()
    call.whistle = step.whistle
    if not {"unit", "proxy"} & gate.call_standings(by, call, at, answer=answer):
        raise NotAllowed("这一步由它的单位来写做完了没有。")


@joint_act
def accept_step(step, *, by, at) -> Line:
    """Accept a step that is done."""
    check_street(step.whistle, by, at)
    check_step_open(step)
    if step.done_at is None:
        raise Conflict("这一步还没有说做完。")
    step.accepted_at = at
    step.save()
    return Line("", {"unit": step.unit.name, "step": step.words})


@joint_act
def redo_step(step, *, by, at, words) -> Line:
    """Say that a step is not done yet, and what is missing."""
    check_street(step.whistle, by, at)
    check_step_open(step)
    if step.done_at is None:
        raise Conflict("这一步还没有说做完。")
    words = check_text(words, "words", longest=LONGEST_WHY)
    step.done_at, step.done_words = None, ""
    step.save()
    return Line("", {"unit": step.unit.name, "step": step.words, "words": words})


@joint_act
def drop_step(step, *, by, at, words) -> Line:
    """Take a step out of the plan, with the reason; it stays to be read. No unit frees itself of one, the street does."""
    check_street(step.whistle, by, at)
    check_step_open(step)
    step.dropped_at, step.dropped_words = at, check_text(words, "words", longest=LONGEST_WHY)
    step.save()
    return Line(
        f"计划里不再做“{step.words}”：{step.dropped_words}", {"unit": step.unit.name, "step": step.words}
    )


@joint_act
def stabilise(whistle, *, by, at, words) -> Line:
    """Say that the danger is over while the repair goes on; no reminder stops."""
    check_street(whistle, by, at)
    if whistle.trigger != Trigger.EMERGENCY:
        raise Conflict("只有应急处置才有险情要解除。")
    if whistle.stable_at:
        raise Conflict("已经说过险情解除了。")
    words = check_text(words, "words")
    whistle.stable_at = at
    return Line(f"险情已经解除，后面的修复接着办：{words}", {"words": words})


@joint_act
def end_whistle(whistle, *, by, at, words) -> Line:
    """End the joint work: every part finished, and of every unit said how it did."""
    check_street(whistle, by, at)
    words = check_text(words, "words", longest=1000)
    if whistle.case.open_parts:
        raise Conflict(f"还有 {whistle.case.open_parts} 项没有完，不能结束。")
    unsaid = whistle.calls.countable().filter(assessed_at=None).select_related("unit")
    if names := [call.unit.name for call in unsaid]:
        raise Conflict(f"还没有说{'、'.join(names)}办得怎样。请先各说一句，行还是不行。")
    whistle.ended_at, whistle.outcome = at, words
    return Line(f"各单位一起办完了：{words}", {"words": words})


WHISTLE_VERBS = {act.__name__: act for act in (set_meeting, call_unit, add_step, stabilise, end_whistle)}
STEP_VERBS = {act.__name__: act for act in (shift_step, finish_step, accept_step, redo_step, drop_step)}
