"""The words of the office in plain ones, for whoever meets them on a page of residents. Pure."""

import re
from typing import NamedTuple

from yige.cases.words import State


class PlainWord(NamedTuple):
    word: str
    meaning: str


# fmt: off
PLAIN_WORDS = (
    #         the word      what it means to whoever reported
    PlainWord("不予受理",   "这里不办。会写明为什么，该找哪里；不同意可以提一次异议。"),
    PlainWord("受理",       "有人看过，接下来办。"),
    PlainWord("派单",       "交给一个单位去办。"),
    PlainWord("签收",       "那个单位看到了，由它来办。"),
    PlainWord("承办",       "具体去办这件事。"),
    PlainWord("转办",       "换一个单位来办。"),
    PlainWord("督办",       "街道盯着办。"),
    PlainWord("催办",       "请办的人快一点，上一级也看得到。"),
    PlainWord("上报",       "交给上一级来定。您反映一件事，也是上报。"),
    PlainWord("处置完成",   "办的人说办好了，还要有人去核查。"),
    PlainWord("核查",       "由没有动手办的人去看，是不是真办好了。"),
    PlainWord("办结",       "核查过，算办好，并且答复您；解决没有，还要您说。"),
    PlainWord("回访",       "打电话或上门问您：解决了没有。"),
    PlainWord("销号",       "从台账上划掉。您说解决了，或者回访确认了，才能划。"),
    PlainWord("清零",       "一件不剩：每件事最后都要销号。"),
    PlainWord("延期",       "到日子办不完，经批准改到后面的一天；时间照样算。"),
    PlainWord("挂账",       "眼下办不成：写明为什么、打算怎么办、哪天再看，一直记着，不会丢。"),
    PlainWord("复核",       "到那天再看一次，能办就接着办。"),
    PlainWord("并案",       "几个人反映的是同一件事，合在一起办，结果每个人都告诉。"),
    PlainWord("回头看",     "过一阵再去看，有没有又出现。"),
    PlainWord("台账",       "记着每件事办到哪一步的本子。"),
    PlainWord("重办",       "从头再办，时限也从头算。"),
    PlainWord("网格",       "把一片地方分成的小块，每块有人负责。"),
)
# What a state means for whoever waits; the ends say it on the page itself.
STATE_WORDS = {
    State.REPORTED:   "已经收到，还没有人接手；今天会有人看。",
    State.ACCEPTED:   "有人看过了，正在安排由谁来办。",
    State.DISPATCHED: "已经交给一个单位，等它接手。",
    State.SIGNED:     "办的单位接手了。",
    State.HANDLING:   "正在办。",
    State.HANDLED:    "办的人说办好了，正在等人核查。",
    State.CLOSED:     "核查过，算办好。解决没有，由您说了算。",
    State.CLEARED:    "已经从台账上划掉。",
}
# fmt: on
_ANY = re.compile("|".join(re.escape(row.word) for row in PLAIN_WORDS))


def explained_in(text) -> list[PlainWord]:
    """Return the words of the office that stand in a text, each once, in the order of the table."""
    seen = set(_ANY.findall(text))
    return [row for row in PLAIN_WORDS if row.word in seen]
