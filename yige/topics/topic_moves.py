"""What may be done to a topic: from which state, by whom, what the reporters of its cases read. Pure.

A person stands to a topic as some of: `desk` (proposes topics over its place), `head` (decides them over its place),
`owner` (works in the unit that leads it). Rule: docs/policy/topics.md.
"""

from typing import NamedTuple

from yige.topics.words import TopicState

PROPOSED, RUNNING, WRITTEN, PUBLISHED, DROPPED = TopicState
STANDINGS = {
    "desk": "这个范围的事件处置岗、一级或二级网格长",
    "head": "这个范围的一级或二级网格长",
    "owner": "牵头单位的人",
}
BEGINNERS, DOERS, HEADS = ("desk", "head"), ("desk", "head", "owner"), ("head",)


class TopicMove(NamedTuple):
    """`public` is the sentence for the reporters of all its cases; "" tells them nothing."""

    verb: str
    label: str
    start: tuple
    to: TopicState | None
    who: tuple
    public: str = ""


# fmt: off
TOPIC_MOVES = (
    #         verb                from                          to         who        what the reporters of its cases read
    TopicMove("agree",            "定下来办",    (PROPOSED,),                   RUNNING,   HEADS,     "和这件同样的问题已列为专题“{title}”，由{owner}牵头一起办。您这件照常办，时限不变。"),
    TopicMove("change",           "改题目或牵头", (PROPOSED, RUNNING),           None,      BEGINNERS),
    TopicMove("put_in",           "加进事项",    (PROPOSED, RUNNING, WRITTEN),  None,      DOERS),
    TopicMove("take_out",         "拿出事项",    (PROPOSED, RUNNING, WRITTEN),  None,      DOERS),
    TopicMove("set_milestone",    "定一步",      (PROPOSED, RUNNING),           None,      DOERS),
    TopicMove("move_milestone",   "改日子",      (PROPOSED, RUNNING),           None,      DOERS),
    TopicMove("finish_milestone", "办完一步",    (RUNNING,),                    None,      DOERS),
    TopicMove("write_result",     "写结果",      (RUNNING, WRITTEN),            WRITTEN,   DOERS),
    TopicMove("send_back",        "退回去改",    (WRITTEN,),                    RUNNING,   HEADS),
    TopicMove("publish",          "公布结果",    (WRITTEN,),                    PUBLISHED, HEADS,     "专题“{title}”有了结果：{result} 全文在首页“这个月我这里”下面的“专题”里。"),
    TopicMove("drop",             "不办了",      (PROPOSED, RUNNING, WRITTEN),  DROPPED,   HEADS,     "专题“{title}”不再一起办了。您这件照常办。"),
    TopicMove("reopen",           "重新办",      (PUBLISHED,),                  RUNNING,   HEADS,     "专题“{title}”的问题又出现了，由{owner}牵头重新办。"),
)
# fmt: on
BY_VERB = {move.verb: move for move in TOPIC_MOVES}
# Of one case, when the topic runs already: what its reporter reads.
JOINED = BY_VERB["agree"].public
PARTED = "这件不再列在专题“{title}”里，照常办。"


def verdict_on_topic(verb, state, held) -> str:
    """Return "" when somebody with these standings may do it now, else "who" or "state"."""
    row = BY_VERB[verb]
    if not set(row.who) & set(held):
        return "who"
    return "" if state in row.start else "state"


def why_topic_refuses(verb, state, held) -> str:
    """Return why it is refused, as a sentence."""
    row, refusal = BY_VERB[verb], verdict_on_topic(verb, state, held)
    if refusal == "who":
        who = "、".join(STANDINGS[name] for name in row.who if not (name == "head" and "desk" in row.who))
        return f"“{row.label}”由{who}来做。"
    if refusal == "state":
        return f"专题现在是“{TopicState(state).label}”，不能“{row.label}”。"
    return ""


def verbs_allowed(state, held) -> list[str]:
    """Return the verbs that these standings allow now, in the order of the table."""
    return [row.verb for row in TOPIC_MOVES if not verdict_on_topic(row.verb, state, held)]
