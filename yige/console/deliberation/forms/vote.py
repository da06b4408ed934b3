"""What is typed for a vote of owners: the roll, its end, a paper, the words of the count."""

from yige.console.deliberation.forms.deliberation import FOR_ALL, Number
from yige.deliberation.words import ON_PAPER, BallotChoice
from yige.steps.fields import Choice, Moment, Words
from yige.web.forms import KeyedForm


class RollForm(KeyedForm):
    heading, button = "写名册", "写下"
    roll = Words(
        "谁能投", longest=400_000, rows=10,
        hint="一行一套房：门牌，登记的面积，谁的。例如：3号楼2单元501，89.52，甲。同一个人的几套房写同一个“谁的”；共有的写“甲、乙”；不写的照档案里的产权，档案里没有的各算一户。",
    )  # fmt: skip


class OpenForm(KeyedForm):
    heading, button = "开始投票", "开始投票"
    closes_at = Moment("什么时候截止", hint="到时间自己停。开始以后名册不能再改。")


class PaperForm(KeyedForm):
    heading, button = "录纸票", "录下"
    number = Number("名册上的号")
    choice = Choice("票上写的", BallotChoice)
    origin = Choice(
        "怎么投的", [(way.value, way.label) for way in ON_PAPER], hint="委托的要有业主写的委托书，留纸。"
    )


class CountForm(KeyedForm):
    heading, button = "计票", "计票，开始公示"
    words = Words("结果怎么写", longest=1000, rows=3, hint="通过没有由系统按民法典第 278 条算。" + FOR_ALL)
