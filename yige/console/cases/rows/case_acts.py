"""What somebody may do to a case now: one act that comes next, the others, and why the rest is not allowed. Pure."""

from typing import NamedTuple

from yige.accounts.roles import having
from yige.cases.queries import leading_case
from yige.cases.words import TIER_ABOVE, AskKind, State
from yige.cases.workflow import BY_VERB, MOVES, STEPS, allowed_moves, why_not

# Which act comes next, the first that is allowed and still wanted.
NEXT = (
    "judge",
    "accept",
    "dispatch",
    "sign",
    "contact",
    "progress",
    "finish",
    "close",
    "look_back",
    "rate",
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


class Acts(NamedTuple):
    """`first` is the verb that comes next or None; `others` are rows of the workflow table."""

    first: object
    others: list


def possible_acts(case, by, held, asked, look_back_due):
    """Return what these standings allow, without what could only be refused."""
    moves = [
        move
        for move in allowed_moves(case.state, held)
        if makes_sense(move.verb, case, by, held, asked, look_back_due)
    ]
    verbs = {move.verb for move in moves}
    first = next_verb(case, verbs, asked)
    return Acts(BY_VERB[first] if first else None, [move for move in moves if move.verb != first])


def makes_sense(verb, case, by, held, asked, look_back_due):
    """Say whether an act that the table allows also has something to act on."""
    if verb == "judge":
        return case.danger_at is not None
    if verb == "decline":
        return asked is not None
    if verb in ("correct", "move_grid", "correct_slip"):
        return may_correct(case, by, held)
    if verb == "look_back":
        return look_back_due
    if verb == "settle":
        return case.reported_by_id == by.pk
    if verb == "answer_at_visit":
        return False  # given on a visit, where all that the household is owed stands together
    if verb == "escalate":
        return case.tier in TIER_ABOVE
    if verb == "rate" and case.state == State.MERGED:
        return awaits_rating(case)
    return True


def may_correct(case, by, held):
    """Say whether a slip is somebody's own, or on a dispatcher's hands."""
    return case.reported_by_id == by.pk or bool(set(held) & set(having("dispatch")))


def awaits_rating(case):
    """Say whether a merged case's reporter can be asked: the other one is closed and this round has no answer."""
    leader = leading_case(case)
    return leader.closed_at is not None and not case.ratings.filter(round=leader.reopen_no).exists()


def next_verb(case, verbs, asked):
    if asked is not None:
        decision = "extend" if asked.kind == AskKind.EXTENSION else "park"
        if decision in verbs:
            return decision
    done = {"contact": case.contacted_at, "progress": case.progress_at}
    return next((verb for verb in NEXT if verb in verbs and not done.get(verb)), None)


def refused_verbs(case, held):
    """Return (label, sentence) of every verb that is not allowed now, in the order of the table."""
    open_to = {move.verb for move in allowed_moves(case.state, held)}
    rest = (move for move in MOVES if move.start and move.verb not in open_to and move.verb != "object")
    return [(STEPS[move.step], move.label, why_not(move.verb, case.state, held)) for move in rest]


def waits(case):
    """Return the sentence that says for whom the case waits now."""
    unit = case.unit.name if case.unit else "承办单位"
    doer = f"{unit} {case.handler_name}" if case.handler_name else unit
    return WAITS[case.state].format(unit=unit, doer=doer, outcome=case.get_outcome_display())
