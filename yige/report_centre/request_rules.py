"""What may be answered to somebody who asks for a sheet, as two tables. Rule: docs/policy/report-centre.md.

`ANSWERS` says who gives which answer when; `REFUSALS` names the rule that lets a unit refuse, and against which basis it
stands. The tables are pure: what is true of a request comes in as `RequestFacts`.
"""

from collections.abc import Collection
from typing import NamedTuple

from yige.report_centre.words import Answer, Basis


class RequestFacts(NamedTuple):
    """What decides: whether it is answered, what it is based on, and how it stands to the list."""

    answered: bool
    basis: str
    marked: bool  # bears the number, the office, the approval and the term of a statistical form
    on_list: bool  # the same office has the same sheet on the list, in force


class AnswerRule(NamedTuple):
    """One answer; `who` are the standings that may give it, `bases` those on which it may be given."""

    name: str
    who: tuple
    bases: tuple
    on_list: tuple
    says: str


class RefusalRule(NamedTuple):
    """A rule that lets a unit refuse: against which bases, and whether a form with its marks is safe from it."""

    name: str
    label: str
    bases: tuple
    spares_marked: bool
    rule: str


UNIT, KEEPER = "unit", "keeper"  # whoever works where the sheet is asked for; whoever keeps the list
ANY = tuple(Basis)

# fmt: off
ANSWERS = (
    #          answer          who may give it   on which basis                   on the list already  what it means
    AnswerRule(Answer.EXISTS,  (UNIT, KEEPER),   ANY,                             (True, False),       "清单上的一张表里已经有，从那里取，不再填"),
    AnswerRule(Answer.LISTED,  (KEEPER,),        (Basis.LAW, Basis.DECISION),     (False,),            "列进清单，写明谁负责、到哪天为止"),
    AnswerRule(Answer.REFUSED, (UNIT, KEEPER),   ANY,                             (False,),            "不在清单上，照写明的规定不填"),
)
REFUSALS = (
    #           name         in short                          against which basis              a marked form stands   the rule
    RefusalRule("not_listed", "不在报表清单上",                (Basis.DECISION, Basis.NONE),    False,                 "中共中央办公厅、国务院办公厅《整治形式主义为基层减负若干规定》（2024 年）：面向基层的填表报数统一管理，清单以外的基层可以不填"),
    RefusalRule("no_marks",   "没有表号、批准文号和有效期限",  ANY,                             True,                  "《中华人民共和国统计法》：调查表没有标明表号、制定机关、批准或者备案文号、有效期限的，有权拒绝填报"),
    RefusalRule("personal",   "要个人信息，没有说为什么必要",  ANY,                             False,                 "《中华人民共和国个人信息保护法》第六条：限于实现处理目的的最小范围，不得过度收集"),
)
# fmt: on
ANSWER_BY_NAME = {rule.name: rule for rule in ANSWERS}
REFUSAL_BY_NAME = {rule.name: rule for rule in REFUSALS}

ANSWERED = "这个要求已经答复过了。"
WHO_ANSWERS = {
    Answer.EXISTS: "由被要表的单位或管清单的来答复。",
    Answer.LISTED: "列入清单由街道来定。",
    Answer.REFUSED: "由被要表的单位或管清单的来答复。",
}
ALREADY = "同一个单位的同一张表已经在清单上，请直接取用，不能再列，也不能拒绝。"
NO_BASIS = "没有依据的不能列入清单。先请对方说明依据，或者按规定不填。"
NOT_AGAINST = "这一条规定不适用：{}。"


def why_not(answer, facts, standings) -> str:
    """Return why this answer may not be given now by somebody with these standings; "" where it may."""
    rule = ANSWER_BY_NAME[answer]
    if facts.answered:
        return ANSWERED
    if not set(standings) & set(rule.who):
        return WHO_ANSWERS[answer]
    if facts.on_list not in rule.on_list:
        return ALREADY
    return "" if facts.basis in rule.bases else NO_BASIS


def why_no_refusal(name, facts) -> str:
    """Return why this rule lets nobody refuse here; "" where it does."""
    rule = REFUSAL_BY_NAME[name]
    if facts.basis not in rule.bases:
        return NOT_AGAINST.format(f"依据是{Basis(facts.basis).label}")
    if rule.spares_marked and facts.marked:
        return NOT_AGAINST.format("对方的表有表号、批准文号和有效期限")
    return ""


def open_answers(facts, standings) -> list[AnswerRule]:
    """Return what somebody may answer now, in the order of the table; of refusals only where a rule lets."""
    return [
        rule
        for rule in ANSWERS
        if not why_not(rule.name, facts, standings) and (rule.name != Answer.REFUSED or open_refusals(facts))
    ]


def open_refusals(facts) -> Collection[RefusalRule]:
    return [rule for rule in REFUSALS if not why_no_refusal(rule.name, facts)]
