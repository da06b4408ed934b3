"""What may be done with one called unit, from which state, by whom, what must be said, what the reporter reads. Pure.

The way is called → signed → contacted → arrived → delivered → confirmed by the street, or released with a reason. Each
moment is met by what was said. Rule: docs/policy/whistle.md.
"""

from typing import NamedTuple

from yige.whistles.words import BEFORE_DELIVERED, CALL_ENDS, CALL_OPEN, CallState, ReleaseReason, Ruling

CALLED, SIGNED, CONTACTED, ARRIVED = BEFORE_DELIVERED
DELIVERED, CONFIRMED, RELEASED = CallState.DELIVERED, CallState.CONFIRMED, CallState.RELEASED

CALL_STANDINGS = {
    "unit": "被请来的单位",
    "proxy": "替没有账号的单位记下答复的街道事件处置岗",
    "street": "街道的事件处置岗和一级网格长",
    "head": "一级网格长",
    "clock": "系统",
}
BY_UNIT = ("unit", "proxy")


class CallMove(NamedTuple):
    verb: str
    label: str
    start: tuple
    to: CallState | None
    who: tuple
    must_say: tuple
    choices: dict
    stamps: tuple
    wipes: tuple
    public: str


# fmt: off
CALL_MOVES = (
    #        verb               label        from                                to         who may      must say                                  closed lists                 stamps            wipes              what the reporter reads
    CallMove("sign",            "签收",      (CALLED,),                          SIGNED,    BY_UNIT,     ("person",),                              {},                          ("signed_at",),   (),                "{unit}已签收。"),
    CallMove("contact",         "联系街道",  (CALLED, SIGNED, CONTACTED),        CONTACTED, BY_UNIT,     ("person", "discussed", "measure", "until"), {},                       ("contacted_at",), (),               "{unit}和街道说定，{until}前办。"),
    CallMove("arrive",          "到场",      (CALLED, SIGNED, CONTACTED),        ARRIVED,   BY_UNIT,     ("words",),                               {},                          ("arrived_at",),  (),                "{unit}已到场。"),
    CallMove("note_progress",   "说进展",    BEFORE_DELIVERED,                   None,      BY_UNIT,     ("words",),                               {},                          (),               (),                ""),
    CallMove("deliver",         "办完了",    (SIGNED, CONTACTED, ARRIVED),       DELIVERED, BY_UNIT,     ("words",),                               {},                          ("delivered_at",), (),               "{unit}说它的部分办完了，等街道看。"),
    CallMove("refuse_duty",     "不是我们的", BEFORE_DELIVERED,                  None,      BY_UNIT,     ("words",),                               {},                          (),               (),                ""),
    CallMove("decide_duty",     "定由谁办",  CALL_OPEN,                          None,      ("head",),   ("ruling", "words"),                      {"ruling": Ruling},          (),               (),                "{outcome}"),
    CallMove("confirm",         "认可",      (DELIVERED,),                       CONFIRMED, ("street",), (),                                       {},                          ("confirmed_at",), (),               "街道看过，{unit}的部分办好了。"),
    CallMove("turn_back",       "还没办好",  (DELIVERED,),                       ARRIVED,   ("street",), ("words",),                               {},                          (),               ("delivered_at",), "街道看过，{unit}的部分还没办好，继续办。"),
    CallMove("release",         "不用来了",  CALL_OPEN,                          RELEASED,  ("street",), ("reason", "words"),                      {"reason": ReleaseReason},   ("released_at",), (),                "{unit}不用来了。"),
    CallMove("lapse",           "签收作废",  (SIGNED,),                          CALLED,    ("clock",),  (),                                       {},                          (),               ("signed_at",),    "{unit}签收以后没有联系街道，街道再催。"),
    CallMove("assess",          "说办得怎样", CALL_ENDS,                         None,      ("street",), ("passed", "words"),                      {},                          (),               (),                ""),
    CallMove("answer",          "回应评价",  CALL_ENDS,                          None,      BY_UNIT,     ("words",),                               {},                          (),               (),                ""),
)
# fmt: on
# What the reporter reads of a decision about a dispute: who comes, never that it was disputed.
RULING_LINES = {
    Ruling.STAYS: "",
    Ruling.RELEASED: "{unit}不用来了。",
    Ruling.OTHER: "{unit}不用来了，街道改请{instead}来办。",
}
CALL_MOVE = {move.verb: move for move in CALL_MOVES}
# What a unit without an account can answer by a one-time link, for the desk to take over.
BY_LINK = ("sign", "contact", "arrive", "note_progress", "deliver", "refuse_duty")


def verdict(verb, state, standings) -> str:
    """Return "" when the verb is allowed, "who" when not by these, "state" when it is not from here."""
    move = CALL_MOVE[verb]
    if not set(move.who) & set(standings):
        return "who"
    return "" if state in move.start else "state"


def why_not(verb, state, standings) -> str:
    """Return the sentence for a verb that is not allowed."""
    move = CALL_MOVE[verb]
    if verdict(verb, state, standings) == "who":
        who = "、".join(CALL_STANDINGS[name] for name in move.who)
        return f"“{move.label}”要由{who}来做。"
    here = "、".join(start.label for start in move.start)
    return f"现在是“{CallState(state).label}”，“{move.label}”只能在“{here}”时做。"
