"""What somebody may do to a case now: the act that comes next, the others, why not the rest; all as the verbs say."""

from typing import NamedTuple

from yige.cases.levels import ARRANGES
from yige.cases.words import AskKind, State
from yige.cases.workflow import BY_VERB, MOVES, RETURNS, STEPS, allowed_moves
from yige.steps.verbs import why_refused

# Which act comes next, the first that is allowed and still wanted.
NEXT = (
    "judge",
    "accept",
    "dispatch",
    "assign",
    "answer_city",
    "sign",
    "contact",
    "progress",
    "finish",
    "close",
    "look_back",
    "follow_up",
)

WAITS = {
    State.REPORTED: "等街道、社区或网格受理",
    State.ACCEPTED: "已受理，等派单",
    State.DISPATCHED: "等{unit}签收",
    State.SIGNED: "等{doer}先联系反映人",
    State.HANDLING: "{doer}正在办理",
    State.HANDLED: "说办好了，等派单的人核查",
    State.CLOSED: "已办结，等反映人评价或电话回访",
    State.CLEARED: "已销号：{outcome}",
    State.REJECTED: "没有受理，反映人可以提出一次异议",
    State.MERGED: "已并入另一件，和它一起办",
    State.WITHDRAWN: "已撤回",
}
# Given on a visit or a call, where all that is asked or owed stands together.
ELSEWHERE = ("answer_at_visit", "rate")


class Acts(NamedTuple):
    """`first` is the verb that comes next or None; `others` are rows of the workflow table."""

    first: object
    others: list


def possible_acts(case, by, held, asked, at):
    """Return what these standings allow, without what the verb could only refuse."""
    moves = [
        move
        for move in allowed_moves(case.state, held)
        if move.verb not in ELSEWHERE and not why_refused(move.verb, case, by, at, held)
    ]
    verbs = {move.verb for move in moves}
    first = next_verb(case, verbs, asked)
    return Acts(BY_VERB[first] if first else None, [move for move in moves if move.verb != first])


def next_verb(case, verbs, asked):
    if asked is not None:
        decision = "extend" if asked.kind == AskKind.EXTENSION else "park"
        if decision in verbs:
            return decision
    done = {"contact": case.contacted_at, "progress": case.progress_at}
    return next((verb for verb in NEXT if verb in verbs and not done.get(verb)), None)


def refused_verbs(case, by, held, at):
    """Return (step, label, sentence) of every verb that cannot be done now, in the order of the table."""
    rest = (move for move in MOVES if move.start and move.by_staff and move.verb not in ELSEWHERE)
    told = ((STEPS[move.step], move.label, why_refused(move.verb, case, by, at, held)) for move in rest)
    return [line for line in told if line[2]]


def waits(case, asked=None):
    """Return the sentence that says for whom the case waits now."""
    unit = case.unit.name if case.unit else "承办单位"
    doer = f"{unit} {case.handler_name}" if case.handler_name else unit
    if case.state == State.ACCEPTED:
        return waits_for_dispatch(case)
    if asked is not None:
        return f"{doer}申请{asked.get_kind_display()}，等{who_answers(case, asked)}答复"
    return WAITS[case.state].format(unit=unit, doer=doer, outcome=case.get_outcome_display())


def waits_for_dispatch(case):
    """Return who has to hand the case out: it was raised, came back, or is new."""
    if case.return_count >= max(RETURNS):
        return f"已退回 {case.return_count} 次，等一级网格长定由谁办"
    if case.return_count >= 2 and case.first_unit_name:
        return f"已退回 {case.return_count} 次，等派给首接单位{case.first_unit_name}牵头"
    if case.raised_at:
        return f"等在{case.get_tier_display()}，{ARRANGES[case.tier].removesuffix('。')}"
    return "被退回，等重新派单" if case.return_count else WAITS[State.ACCEPTED]


def who_answers(case, asked):
    top = asked.kind == AskKind.PARKING or case.extensions
    return "一级网格长" if top else "街道或社区"
