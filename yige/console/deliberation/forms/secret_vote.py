"""What is typed for a secret vote: how many slips, its end, a slip from the box, how many were handed out."""

from yige.console.deliberation.forms.deliberation import FOR_ALL, Number
from yige.deliberation.words import BallotChoice
from yige.steps.fields import Choice, Line, Moment, Words
from yige.web.forms import KeyedForm


class SlipsForm(KeyedForm):
    heading, button = "做表决单", "做表决单"
    count = Number("一共多少人能投", hint="一人一张。开始投票以前可以重做，重做了，以前印的都作废。")


class OpenForm(KeyedForm):
    heading, button = "开始投票", "开始投票"
    closes_at = Moment(
        "什么时候截止", hint="先把表决单印好、抽完。一开始，单子上的码系统里就看不到了，不能再印。"
    )


class SlipForm(KeyedForm):
    heading, button = "录票箱里的单子", "录下"
    code = Line("单子上的码", longest=40)
    choice = Choice("单子上写的", BallotChoice)


class FixForm(KeyedForm):
    heading, button = "封票", "封票，公布校验码"
    handed_out = Number("发出了多少张", hint="照签收表。没有发出的单子当众撕掉。封了就不能再录。")


class CountForm(KeyedForm):
    heading, button = "计票", "计票，公布清单"
    words = Words("结果怎么写", longest=1000, rows=3, hint="通过没有由系统按规定算。" + FOR_ALL)
