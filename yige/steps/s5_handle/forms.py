"""What has to be said in step 5."""

from yige.steps.fields import Choice, StepForm, Until, Words


class Contact(StepForm):
    how = Choice("怎么联系的")
    words = Words("说了什么、约了什么", longest=500)


class Verify(StepForm):
    words = Words("现场看到什么")


class Progress(StepForm):
    words = Words("做了什么、下一步、什么时候")


class Escalate(StepForm):
    words = Words("本级为什么办不了，请上级做什么")


class Ask(StepForm):
    kind = Choice("申请什么", hint="延期要在到期前申请；挂账用于工程、季节或政策原因，由一级网格长批。")
    until = Until("到哪一天")
    words = Words("理由和计划")


class Extend(StepForm):
    until = Until("延期到哪一天")
    words = Words("理由和计划")


class Park(StepForm):
    until = Until("哪一天复核")
    words = Words("计划：分几步、谁来办、什么时候")


class Decline(StepForm):
    words = Words("不同意的理由", longest=500)


class Supervise(StepForm):
    words = Words("督办要求", longest=500)


class Finish(StepForm):
    words = Words("怎么处置的、现在怎么样")


class Settle(StepForm):
    words = Words("怎么处置的")
