"""What may be done to a deliberation: from which stage, by whom, who is told what, and for how long it may wait. Pure.

A person stands to a deliberation as some of: `raiser` (raises matters over its place), `lead` (leads them over its
place), `unit` (works in the unit of a step that is open), `resident` (signed in). Rule: docs/policy/deliberation.md.
"""

from typing import NamedTuple

from yige.deliberation.words import DecisionForm, Stage

RAISED, LISTED, NOTICED, MET, SHOWN, SETTLED, ANSWERED, DECLINED, DROPPED = Stage
COUNCIL_STANDINGS = {
    "raiser": "这个范围的网格长或事件处置岗",
    "lead": "这个范围的二级或一级网格长",
    "unit": "办这一步的单位",
    "resident": "登录了的居民",
}
LEAD, DOERS, WRITERS = ("lead",), ("raiser", "lead", "unit"), ("raiser", "lead", "resident")
DESK = ("raiser", "lead")
OF_OWNERS = (DecisionForm.OWNERS,)
SECRET = (DecisionForm.OPINION, DecisionForm.REPRESENTATIVES)
COUNTED = (DecisionForm.REPRESENTATIVES, DecisionForm.OWNERS)


class DeliberationMove(NamedTuple):
    """`forms` are the forms of decision it is for, () for all; `tells` who is told `public`."""

    verb: str
    label: str
    start: tuple
    to: Stage | None
    who: tuple
    forms: tuple = ()
    tells: tuple = ()
    public: str = ""


# fmt: off
MOVES = (
    #                verb                 label           from                       to         who      forms                      who is told              what they read
    DeliberationMove("list",              "列入议题",      (RAISED, DECLINED),        LISTED,    LEAD,    (),                        ("raiser",),             "您提的事列入议题了：{title}。开会以前三天发通知。"),
    DeliberationMove("decline",           "不列入",        (RAISED,),                 DECLINED,  LEAD,    (),                        ("raiser",),             "您提的事没有列入议题：{words}"),
    DeliberationMove("change",            "改题目和说明",  (LISTED,),                 None,      LEAD),
    DeliberationMove("give_notice",       "发通知",        (LISTED, NOTICED),         NOTICED,   LEAD,    (),                        ("raiser", "area"),      "议事：{title}。{words}"),
    DeliberationMove("record_meeting",    "记会议",        (NOTICED,),                MET,       ("raiser", "lead")),
    DeliberationMove("record_opinion",    "记协商意见",    (MET,),                    SHOWN,     LEAD,    (DecisionForm.OPINION,),   ("raiser", "area"),      "“{title}”有了协商意见，公示 7 天：{words} 有不同意见可以提。"),
    DeliberationMove("record_count",      "记表决结果",    (MET,),                    SHOWN,     LEAD,    COUNTED,                   ("raiser", "area"),      "“{title}”表决有了结果，公示 7 天：{words} 有不同意见可以提。"),
    DeliberationMove("write_roll",        "写名册",        (MET,),                    None,      DESK,    OF_OWNERS),
    DeliberationMove("draw_slips",        "做表决单",      (MET,),                    None,      DESK,    SECRET),
    DeliberationMove("enter_slip",        "录票箱里的单子", (MET,),                    None,      DESK,    SECRET),
    DeliberationMove("fix_root",          "封票",          (MET,),                    None,      LEAD,    SECRET,                    ("area",),               "“{title}”投票截止，票封了。{words}。请对一对公告栏上的。"),
    DeliberationMove("open_vote",         "开始投票",      (MET,),                    None,      LEAD,    (),                        ("area",),               "“{title}”开始投票，{words}。"),
    DeliberationMove("enter_paper",       "录纸票",        (MET,),                    None,      DESK,    OF_OWNERS),
    DeliberationMove("count_vote",        "计票",          (MET,),                    SHOWN,     LEAD,    COUNTED,                   ("raiser", "area"),      "“{title}”表决有了结果，公示 7 天：{words} 有不同意见可以提。"),
    DeliberationMove("object",            "提不同意见",    (MET, SHOWN),                  None,      WRITERS),
    DeliberationMove("answer_objection",  "答复不同意见",  (MET, SHOWN),                  None,      LEAD),
    DeliberationMove("settle",            "公示完，定下来", (SHOWN,),                  SETTLED,   LEAD,    (),                        ("raiser",),             "“{title}”公示完了：{words}"),
    DeliberationMove("take_back",         "重新议",        (SHOWN,),                  LISTED,    LEAD,    (),                        ("raiser", "area"),      "“{title}”要重新议：{words}"),
    DeliberationMove("set_step",          "定一步",        (SETTLED,),                None,      ("raiser", "lead")),
    DeliberationMove("move_step",         "改日子",        (SETTLED,),                None,      DOERS),
    DeliberationMove("finish_step",       "办完一步",      (SETTLED,),                None,      DOERS),
    DeliberationMove("feed_back",         "反馈",          (SETTLED,),                ANSWERED,  LEAD,    (),                        ("raiser", "area"),      "“{title}”的结果：{words}"),
    DeliberationMove("drop",              "不再议",        (LISTED, NOTICED, MET),    DROPPED,   LEAD,    (),                        ("raiser", "area"),      "“{title}”不再议了：{words}"),
)


class Wait(NamedTuple):
    """What a stage waits for, on whose desk, and for how many working days from its moment."""

    stage: Stage
    words: str
    days: int
    since: str


WAITS = (
    #    stage     what waits                             working days   from
    Wait(RAISED,   "等社区党组织研究，列入或者不列入",            10,        "提出"),
    Wait(LISTED,   "等定开会的日子、发通知",                     20,        "列入"),
    Wait(NOTICED,  "等开会；开过的记下来",                        3,        "开会"),
    Wait(MET,      "等记下结果",                                10,        "开会"),
    Wait(SHOWN,    "公示 7 天，答复不同意见；期满定下来",            3,        "公示期满"),
    Wait(SETTLED,  "等一步一步办完；都办完的，反馈给大家",           5,        "定下来或最后一步办完"),
)
# fmt: on
MOVE_BY_VERB = {move.verb: move for move in MOVES}
WAIT_OF = {wait.stage: wait for wait in WAITS}


def verdict_on_deliberation(verb, stage, form, held) -> str:
    """Return "" when somebody with these standings may do it now, else "who", "stage" or "form"."""
    row = MOVE_BY_VERB[verb]
    if not set(row.who) & set(held):
        return "who"
    if stage not in row.start:
        return "stage"
    return "form" if row.forms and form not in row.forms else ""


def why_deliberation_refuses(verb, stage, form, held) -> str:
    """Return why it is refused, as a sentence."""
    row, refusal = MOVE_BY_VERB[verb], verdict_on_deliberation(verb, stage, form, held)
    if refusal == "who":
        who = "、".join(
            COUNCIL_STANDINGS[name] for name in row.who if not (name == "lead" and "raiser" in row.who)
        )
        return f"“{row.label}”由{who}来做。"
    if refusal == "stage":
        return f"这件议事现在是“{Stage(stage).label}”，不能“{row.label}”。"
    if refusal == "form":
        return f"这件议事定的是“{DecisionForm(form).label}”，不能“{row.label}”。"
    return ""


def verbs_allowed(stage, form, held) -> list[str]:
    """Return the verbs that these standings allow now, in the order of the table."""
    return [row.verb for row in MOVES if not verdict_on_deliberation(row.verb, stage, form, held)]
