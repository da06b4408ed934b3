"""What has to be said in step 7."""

from yige.cases.hearing import ways_to_hear
from yige.cases.words import Satisfaction, SolvedAnswer
from yige.steps.fields import Choice, SpokenForm, StepForm, WayHeard, Words, yes_no
from yige.steps.s7_clear.end_checks import ends_now, rating_of


class Close(StepForm):
    words = Words("核查的结果", hint="写给反映人看：问题是怎么解决的。")


class SendBack(StepForm):
    words = Words("哪里还没做好")


class Rate(StepForm):
    """Never offered: staff write the answers down on a call, where all is asked together (`FollowUp`)."""

    contacted = yes_no("办理中有人联系过吗", "联系过", "没有")
    solved = Choice("问题解决了吗", hint="说“没有解决”的，会自动重新办理。")
    satisfied = Choice("满意吗")
    words = Words("想说的话", required=False, longest=500, rows=2)


class FollowUp(StepForm):
    reached = yes_no("联系上了吗", "联系上了", "没有联系上")
    how = Choice("怎么问的", hint="按登记里留的联系方式列出。")
    contacted = yes_no("办理中有人联系过您吗？", "联系过", "没有", required=False)
    solved = Choice("问题解决了吗？", SolvedAnswer, required=False, hint="说“没有解决”的，会自动重新办理。")
    satisfied = Choice("您满意吗？", Satisfaction, required=False)
    words = Words("反映人的话，或没联系上的情况", required=False, longest=500, rows=2)

    def prepare(self) -> None:
        """Ask only whether it is solved now, when the rest was answered before."""
        self.fields["how"].narrow_to(ways_to_hear(self.case))
        if rating_of(self.case):
            del self.fields["contacted"], self.fields["satisfied"]


class Clear(StepForm):
    outcome = Choice("怎么销号", hint="只列出按记录可以的；没有得到答复，不算满意。")
    words = Words(
        "说明", required=False, longest=500, rows=2, hint="说“部分解决”的，写明为什么不能再办；反映人看得到。"
    )

    def prepare(self) -> None:
        self.fields["outcome"].narrow_to(ends_now(self.case, self.by, self.at))


class Reopen(SpokenForm):
    heard = WayHeard("反映人怎么说的")
    words = Words("为什么重办")
    own_words = "不是反映人说的，街道自己决定"


class LookBack(StepForm):
    result = Choice("现在怎么样")
    words = Words("看到什么", longest=500)
