"""What may be done to a case, from which state, by whom, what has to be said, and what the reporter reads. Pure.

`who` are standings towards the case (see `STANDINGS`), not names of people. `choices` names the closed list that
something said is taken from. `public` is the line that the reporter reads on the timeline, and in a notice where
`notice` is TOLD; `{words}`, `{unit}` and the like are what was said. Rule: docs/policy/seven-steps.md.

A row is one verb: its function is the one of that name in `actions` of its step, its form the class of that name in
`forms` of its step. How to add one: CONTRIBUTING.md.
"""

from typing import NamedTuple

from yige.accounts import roles
from yige.cases import levels
from yige.cases.words import (
    BEFORE_HANDLED,
    OPEN,
    AnswerKind,
    AskKind,
    ContactHow,
    HeardHow,
    LookBackResult,
    Nature,
    Outcome,
    RejectReason,
    ReturnReason,
    Satisfaction,
    SlipReason,
    SolvedAnswer,
    State,
    Trigger,
    Urgency,
)

R, A, D, S, H = State.REPORTED, State.ACCEPTED, State.DISPATCHED, State.SIGNED, State.HANDLING
DONE, CLOSED, CLEARED = State.HANDLED, State.CLOSED, State.CLEARED
REJECTED, MERGED, WITHDRAWN = State.REJECTED, State.MERGED, State.WITHDRAWN

EVERY = tuple(State)

STANDINGS = {
    "reporter": "反映人",
    "fellow": "并案的反映人",
    "intake": "代为登记、自己没有经手的人",
    "hearer": "没有经手这件事的回访人",
    "handler": "承办人",
    "unit": "承办单位的人",
    "visitor": "走访这户的人",
    "grid_head": "本网格的三级网格长",
    "community_head": "本社区的二级网格长",
    "desk": "事件处置岗",
    "street_head": "一级网格长",
    "district_seat": "区级统筹岗",
    "called": "被请来联办的单位",
    "topic": "牵头专题的单位",
    "clock": "系统",
}
HEADS = roles.having("lead_cases")
DISPATCHERS = roles.having("dispatch")
CONTACT_READERS = roles.having("see_contacts")
LOOKERS = roles.having("look_back")
CALLERS = ("reporter", "hearer")
ABOVE = roles.leading(1, 2)
STREET = roles.leading(1)
DOERS, SEAT, RECORDERS = levels.DOERS, levels.SEAT, levels.RECORDERS
NOT_STAFF = {"anyone", "reporter", "fellow", "clock", "called", "topic"}
REPORTERS = ("reporter", "fellow")  # whose case it is, and whose case was merged into it
OUTSIDE = {"intake", "hearer"}  # who neither handled, dispatched nor checked in this round
TOLD, READ = True, False  # whether the reporter is also sent the line, or reads it on the timeline alone
# What is done to a case beside its moves: who sees the reporter's contact, objects to a card, answers that.
BESIDE = {
    "reveal": ("handler", "unit", *CONTACT_READERS, "intake", "hearer"),
    "appeal_card": ("handler", "unit", "grid_head", "community_head"),
    "answer_appeal": STREET,
}


class Move(NamedTuple):
    step: int
    verb: str
    label: str
    start: tuple
    to: State | None
    who: tuple
    must_say: tuple
    choices: dict
    stamps: tuple
    wipes: tuple
    notice: bool
    public: str

    @property
    def by_staff(self) -> bool:
        """Say whether staff may do it, so that it has a form on the page of the case."""
        return bool(self.start) and not NOT_STAFF.issuperset(self.who)


# One round of a case; a reopening starts a new one.
ROUND = (
    "dispatched_at", "signed_at", "contacted_at", "verified_at", "progress_at", "planned_at", "handled_at",
    "replied_at", "closed_at", "cleared_at", "extended_until", "parked_at", "parked_until", "raised_at",
)  # fmt: skip

# fmt: off
MOVES = (
    #    step verb               label             from                                 to         who may                                   must say                              chosen from a closed list               stamps                          wipes                           notice what the reporter reads
    # 3 平台上报
    Move(3,   "report",          "上报",           (),                                  R,         ("anyone",),                              ("words", "category", "place"),       {},                                     ("reported_at",),               (),                             READ,  "已收到您反映的问题。"),
    Move(3,   "accept",          "受理",           (R,),                                A,         HEADS,                                    ("category", "urgency", "nature"),    {"urgency": Urgency, "nature": Nature}, ("accepted_at",),               (),                             TOLD,  "已受理，正在安排承办单位。"),
    Move(3,   "judge",            "看过险情",       (A, D, S, H, DONE, CLOSED),          None,      HEADS,                                    ("urgency", "words"),                 {"urgency": Urgency},                   (),                             (),                             READ,  "您说的可能有危险的情况已经有人看过，按“{urgency}”来办。"),
    Move(3,   "reject",          "不予受理",       (R,),                                REJECTED,  STREET,                                   ("reason", "words"),                  {"reason": RejectReason},               ("ended_at",),                  (),                             TOLD,  "不予受理：{reason}。{words}"),
    Move(3,   "object",          "提出异议",       (REJECTED, WITHDRAWN),               R,         (*REPORTERS, "hearer"),                   ("words",),                           {},                                     ("reopened_at",),               ("ended_at", "raised_at"),      READ,  "您对这个决定提出异议，将由街道重新审看。"),
    Move(3,   "merge",           "并案",           BEFORE_HANDLED,                      MERGED,    ABOVE,                                    ("into",),                            {},                                     ("ended_at",),                  (),                             TOLD,  "与事项 {into} 是同一件事，已合并办理，结果会同样告诉您。"),
    Move(3,   "join",            "认作同一件",     (R,),                                MERGED,    ("reporter",),                            ("into",),                            {},                                     ("ended_at",),                  (),                             READ,  "您说与事项 {into} 是同一件事，已并到一起办理，您写的和照片都附在那里，结果会同样告诉您。"),
    Move(3,   "separate",           "分开单独办",     (MERGED,),                           R,         ABOVE,                                    ("words",),                           {},                                     (),                             ("ended_at", "dispatched_at", "signed_at"), TOLD,  "您这件和事项 {other} 不是同一件事，已经分开，单独办理：{words} 时限还从您反映的时候算，不从头算；在这之前那一件的办理情况，不算您这件的。"),  # what had been accepted goes on from there: GOES_ON
    Move(3,   "withdraw",        "撤回",           BEFORE_HANDLED,                      WITHDRAWN, ("reporter", "intake"),                   ("words",),                           {},                                     ("ended_at",),                  (),                             READ,  "已撤回：{words}"),
    Move(3,   "cancel",          "作废登记",       (R, A),                              WITHDRAWN, ("intake",),                              ("reason", "words"),                  {"reason": SlipReason},                 ("ended_at",),                  (),                             TOLD,  "登记有误，已作废：{reason}。{words}"),
    Move(3,   "add",             "补充",           (*OPEN, MERGED),                     None,      (*REPORTERS, *sorted(OUTSIDE), *DOERS, *HEADS), ("words",),                           {},                                     (),                             (),                             READ,  "补充说明：{words}"),
    Move(3,   "correct",         "更正地点类别",   OPEN,                                None,      ("intake", *DISPATCHERS),                 ("category", "words"),                {"urgency": Urgency, "nature": Nature}, (),                             (),                             TOLD,  "更正了{what}，照常办理，时限不变。不对的，请您补充说明。"),
    Move(3,   "move_grid",       "改到别的网格",   BEFORE_HANDLED,                      None,      ("intake", *DISPATCHERS),                 ("grid", "words"),                    {},                                     (),                             (),                             TOLD,  "这件事的地方在{grid}，已改由那里办理，时限不变，不从头算。"),  # back to 已受理 where the unit belongs to the place it leaves
    Move(3,   "correct_slip",    "改登记的笔误",   OPEN,                                None,      ("intake", *CONTACT_READERS),             (),                                   {},                                     (),                             (),                             READ,  "登记时写错的地方已改正。"),
    Move(3,   "urge",            "催办",           BEFORE_HANDLED,                      None,      (*REPORTERS, "hearer"),                   (),                                   {},                                     (),                             (),                             READ,  "您已催办，承办单位和上一级都会看到。"),
    # 4 问题派单
    Move(4,   "dispatch",        "派单",           (A,),                                D,         DISPATCHERS,                              ("unit",),                            {},                                     ("dispatched_at",),             ("signed_at", "raised_at"),     READ,  "已派给{unit}办理。"),
    Move(4,   "sign",            "签收",           (D,),                                S,         DOERS,                                    (),                                   {},                                     ("signed_at",),                 (),                             READ,  "{unit}已签收，会先与您联系。"),
    Move(4,   "hand_back",       "退回",           (D, S),                              A,         DOERS,                                    ("reason", "words"),                  {"reason": ReturnReason},               (),                             ("dispatched_at", "signed_at"), READ,  "{unit}认为{reason}，已退回重新安排。"),
    Move(4,   "transfer",        "转办",           (D, S, H),                           D,         ABOVE,                                    ("unit", "words"),                    {},                                     ("dispatched_at",),             ("signed_at", "raised_at"),     READ,  "改由{unit}办理：{words}"),
    # 5 协调处理
    Move(5,   "contact",         "联系反映人",     (S, H),                              H,         DOERS,                                    ("how", "words"),                     {"how": ContactHow},                    ("contacted_at",),              (),                             READ,  "{contact}：{words}"),
    Move(5,   "verify",          "现场核实",       (H,),                                None,      DOERS,                                    ("words",),                           {},                                     ("verified_at",),               (),                             READ,  "现场核实：{words}"),
    Move(5,   "progress",        "反馈进展",       (H,),                                None,      DOERS,                                    ("words",),                           {},                                     ("progress_at",),               (),                             TOLD,  "办理进展：{words}"),
    Move(5,   "escalate",        "逐级上报",       (A, S, H),                           A,         (*DOERS, "grid_head", *ABOVE),            ("tried", "asked"),                   {},                                     ("raised_at",),                 ("dispatched_at", "signed_at"), TOLD,  "本级办不了，正在上报{tier}{wish}。做过的：{tried}。请{tier}做的：{asked}"),
    Move(5,   "assign",          "区级交办",       (A, D, S, H),                        D,         SEAT,                                     ("unit", "words"),                    {},                                     ("dispatched_at",),             ("signed_at", "raised_at"),     TOLD,  "区级已交给{unit}办理：{words}"),
    Move(5,   "send_down",       "答复并交回下级", (A,),                                A,         (*ABOVE, *SEAT),                          ("answer", "direction"),              {},                                     ("raised_at",),                 (),                             TOLD,  "{above}答复：{answer}。接下来由{below}办：{direction}"),
    Move(5,   "report_city",     "报市级",         (A,),                                A,         RECORDERS,                                ("number", "sent_on", "tried", "asked"), {},                                  ("raised_at",),                 (),                             TOLD,  "区级办不了，{sent_on}已报市级，编号 {number}。做过的：{tried}。请市级做的：{asked}"),
    Move(5,   "answer_city",     "记市级答复",     (A,),                                A,         RECORDERS,                                ("answer", "answered_on"),            {},                                     ("raised_at",),                 (),                             TOLD,  "市级{answered_on}答复：{answer}。接下来由区级安排。"),
    Move(5,   "take_back",       "收回上报",       (A,),                                A,         STREET,                                   ("words",),                           {},                                     ("raised_at",),                 (),                             TOLD,  "街道从区级收回，自己接着办：{words}"),
    Move(5,   "ask",             "申请延期或挂账", (H,),                                None,      DOERS,                                    ("kind", "words", "until"),           {"kind": AskKind},                      (),                             (),                             READ,  ""),
    Move(5,   "extend",          "同意延期",       (H,),                                None,      ABOVE,                                    ("until", "words"),                   {},                                     ("planned_at",),                (),                             TOLD,  "经批准延期至{until}：{words}"),
    Move(5,   "park",            "同意挂账",       (H,),                                None,      ("street_head",),                         ("until", "words"),                   {},                                     ("planned_at", "parked_at"),    (),                             TOLD,  "经一级网格长批准挂账，{until}前复核。计划：{words}"),
    Move(5,   "decline",         "不同意延期挂账", (H,),                                None,      ABOVE,                                    ("words",),                           {},                                     (),                             (),                             READ,  ""),
    Move(5,   "supervise",       "督办",           BEFORE_HANDLED,                      None,      STREET,                                   ("words",),                           {},                                     ("supervised_at",),             (),                             READ,  "街道已督办。"),
    Move(5,   "finish",          "处置完成",       (H,),                                DONE,      DOERS,                                    ("words",),                           {},                                     ("handled_at",),                (),                             READ,  "处置完成，等待核查：{words}"),
    Move(5,   "settle",          "自行处置",       (R,),                                CLOSED,    ("intake",),                              ("words",),                           {},                                     ("handled_at", "closed_at"),    (),                             READ,  ""),
    Move(5,   "ask_whistle",     "申请吹哨",       (A, S, H),                           None,      (*DOERS, "grid_head", "community_head"),  ("trigger", "tried", "wanted"),       {"trigger": Trigger},                   (),                             (),                             READ,  "本级办不了，已申请由街道请有关单位一起来办。"),
    Move(5,   "refuse_whistle",  "不吹哨",         EVERY,                               None,      STREET,                                   ("words",),                           {},                                     (),                             (),                             READ,  ""),  # whoever asked is answered, also where the case ended meanwhile
    Move(5,   "whistle",         "吹哨",           BEFORE_HANDLED,                      None,      STREET,                                   ("trigger", "matter", "tried", "calls"), {"trigger": Trigger},                (),                             (),                             TOLD,  "街道已吹哨，请{units}一起来办。"),
    Move(5,   "tell_joint",      "联办进展",          (),                                  None,      ("called",),                              (),                                   {},                                     (),                             (),                             TOLD,  "{line}"),
    Move(5,   "tell_topic",      "专题进展",          (),                                  None,      ("topic",),                               (),                                   {},                                     (),                             (),                             TOLD,  "{line}"),
    # 6 情况反馈
    Move(6,   "reply",           "答复反映人",     (H, DONE, CLOSED),                   None,      (*DOERS, *HEADS),                         ("words",),                           {},                                     ("replied_at",),                (),                             TOLD,  "答复：{words}"),
    Move(6,   "report_up",       "报告上级",       (H, DONE, CLOSED),                   None,      (*DOERS, *HEADS),                         ("words",),                           {},                                     (),                             (),                             READ,  ""),
    Move(6,   "tell_area",       "告知辖区",       (A, D, S, H, DONE, CLOSED, CLEARED), None,      HEADS,                                    ("words",),                           {},                                     (),                             (),                             READ,  "已向辖区居民说明：{words}"),
    Move(6,   "answer_at_visit", "走访答复",       EVERY,                               None,      ("visitor",),                             ("kind",),                            {"kind": AnswerKind},                   (),                             (),                             TOLD,  "走访时答复：{kind}。{words}"),
    # 7 销号跟踪
    Move(7,   "close",           "核查办结",       (DONE,),                             CLOSED,    HEADS,                                    ("words",),                           {},                                     ("closed_at", "replied_at"),    (),                             TOLD,  "经核查已办结：{words} 解决得怎么样，请您说一声。"),
    Move(7,   "send_back",       "退回重做",       (DONE,),                             H,         HEADS,                                    ("words",),                           {},                                     (),                             ("handled_at",),                READ,  "核查没有通过，已退回继续办理：{words}"),
    Move(7,   "rate",            "评价",           (CLOSED, MERGED),                    None,      CALLERS,                                  ("contacted", "solved", "satisfied"), {"solved": SolvedAnswer, "satisfied": Satisfaction}, (),                             (),                             READ,  "您已评价：{solved}，{satisfied}。"),
    Move(7,   "follow_up",       "电话回访",       (CLOSED, MERGED),                    None,      ("hearer",),                              ("reached", "how"),                   {"how": HeardHow},                      (),                             (),                             READ,  "已回访：{result}。"),
    Move(7,   "clear",           "销号",           (CLOSED,),                           CLEARED,   (*CALLERS, "clock", *STREET),             ("outcome",),                         {"outcome": Outcome},                   ("cleared_at",),                (),                             READ,  "已销号：{ending}。{words}"),
    Move(7,   "reopen",          "重办",           (CLOSED, CLEARED),                   A,         (*REPORTERS, "hearer", *STREET),          ("words",),                           {},                                     ("reopened_at", "accepted_at"), ROUND,                          READ,  "没有解决，已重新办理：{words}"),
    Move(7,   "look_back",       "回头看",         (CLOSED, CLEARED),                   None,      LOOKERS,                                  ("result", "words"),                  {"result": LookBackResult},             (),                             (),                             READ,  "回头看：{result}。{words}"),
)
# fmt: on

BY_VERB = {move.verb: move for move in MOVES}
# Verbs whose words tell what a resident says or what is seen on the spot: they are listened to (`danger_watch.py`).
LISTENS = (
    "add", "object", "withdraw", "rate", "reopen", "clear", "correct_slip", "contact", "follow_up", "verify", "answer_at_visit",
)  # fmt: skip
# A later dispatch or handling overwrites these; every other stamp keeps its first moment of the round.
LATEST = (
    "dispatched_at",
    "signed_at",
    "handled_at",
    "closed_at",
    "replied_at",
    "reopened_at",
    "accepted_at",
    "raised_at",
)
# What had been accepted before these goes on as accepted, and is not accepted a second time.
GOES_ON = ("separate",)
# The reporter's own word. Staff write it down only as somebody who heard it, and say how; the line says so too.
SPOKEN = ("object", "withdraw", "urge", "rate", "reopen", "add")


class OwnAccord(NamedTuple):
    """Who may also do it of their own accord, not because the reporter said so, and what the reporter reads then."""

    who: tuple
    public: str


OWN_ACCORD = {
    "reopen": OwnAccord(STREET, "{unit}决定重新办理：{words}"),
    "add": OwnAccord(("intake", *DOERS, *HEADS), "{unit}补充：{words}"),
}
# Whoever did one of these in a round has handled, dispatched or checked the case, and hears nobody about it.
INVOLVING = (
    "dispatch", "transfer", "sign", "hand_back", "contact", "verify", "progress", "escalate", "ask", "finish", "settle",
    "reject", "close", "send_back", "assign", "send_down",
)  # fmt: skip

STEPS = {
    1: "走近群众",
    2: "发现问题",
    3: "平台上报",
    4: "问题派单",
    5: "协调处理",
    6: "情况反馈",
    7: "销号跟踪",
}

# How often a case was handed back → who decides next. domain reference §3.4
RETURNS = {
    2: "退回两次的，由首接单位牵头办理。",
    3: "退回三次的，由一级网格长在 24 小时内决定。",
}
DECIDED = (
    "已经退回三次，由一级网格长定了由您这里办，不能再退回或上报。有困难请申请延期或挂账，由一级网格长来批。"
)

DECIDED_ABOVE = (
    "已经退回过一次，区级定了由您这里办，不能再退回。有困难请申请延期或挂账，或写明做过什么、再向区级上报。"
)

# 事不完、人不撤: where a case cannot go while a called unit or a step of a joint plan is open.
NOT_WHILE_JOINT = (DONE, CLOSED, CLEARED, REJECTED, MERGED, WITHDRAWN)


def verdict(verb, state, standings) -> str:
    """Return "" when the verb is allowed, "state" when it is not from here, "who" when not by these."""
    move = BY_VERB[verb]
    if not set(move.who) & set(standings):
        return "who"
    return "" if state in move.start else "state"


def state_after(move, case) -> State | None:
    """Return where a verb leads this case; None stays."""
    return A if move.verb in GOES_ON and case.accepted_at else move.to


def held_words(open_parts) -> str:
    """Return the sentence for what has to wait for the joint work."""
    return f"这件事请了几家单位一起办，还有 {open_parts} 项没有完。事不完、人不撤：请先在联办的页面上一项一项办完，或写明理由不用来了。"


def may_beside(act, standings) -> bool:
    """Say whether somebody with these standings may do this act that is no move."""
    return bool(set(BESIDE[act]) & set(standings))


def allowed_moves(state, standings) -> list[Move]:
    """Return the verbs that somebody with these standings may do in this state, in the order of the table."""
    return [move for move in MOVES if move.start and not verdict(move.verb, state, standings)]


def why_not(verb, state, standings) -> str:
    """Return the sentence for a verb that is not allowed."""
    move = BY_VERB[verb]
    if verdict(verb, state, standings) == "who":
        who = "、".join(STANDINGS[name] for name in move.who)
        return f"“{move.label}”要由{who}来做。"
    here = "、".join(start.label for start in move.start)
    return f"这件事现在是“{State(state).label}”，“{move.label}”只能在“{here}”时做。"
