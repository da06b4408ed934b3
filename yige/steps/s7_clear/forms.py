"""What has to be said in step 7."""

from yige.cases.words import Outcome
from yige.steps.fields import Choice, StepForm, Words, yes_no


class Close(StepForm):
    words = Words("核查的结果", hint="写给反映人看：问题是怎么解决的。")


class SendBack(StepForm):
    words = Words("哪里还没做好")


class Rate(StepForm):
    contacted = yes_no("办理中有人联系过吗", "联系过", "没有")
    solved = Choice("问题解决了吗", hint="说“没有解决”的，会自动重新办理。")
    satisfied = Choice("满意吗")
    words = Words("想说的话", required=False, longest=500, rows=2)


class FollowUp(StepForm):
    reached = yes_no("联系上了吗", "联系上了", "没有联系上")
    words = Words("记录", required=False, longest=500, rows=2)


class Clear(StepForm):
    outcome = Choice(
        "怎么销号",
        only=(Outcome.FOLLOWED_UP, Outcome.NO_ANSWER),
        hint="“未联系上”要有两次回访记录并等满期限，不算满意。",
    )


class Reopen(StepForm):
    words = Words("为什么重办")


class LookBack(StepForm):
    result = Choice("现在怎么样")
    words = Words("看到什么", longest=500)
