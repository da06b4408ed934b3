"""What has to be said in step 5."""

from yige.cases.words import AskKind, ContactHow
from yige.steps.fields import Choice, Said, Until, Words


class Contact(Said):
    how = Choice("怎么联系的", ContactHow)
    words = Words("说了什么、约了什么", longest=500)


class Verify(Said):
    words = Words("现场看到什么")


class Progress(Said):
    words = Words("做了什么、下一步、什么时候")


class Escalate(Said):
    words = Words("本级为什么办不了，请上级做什么")


class Ask(Said):
    kind = Choice(
        "申请什么", AskKind, hint="延期要在到期前申请；挂账用于工程、季节或政策原因，由一级网格长批。"
    )
    until = Until("到哪一天")
    words = Words("理由和计划")


class Extend(Said):
    until = Until("延期到哪一天")
    words = Words("理由和计划")


class Park(Said):
    until = Until("哪一天复核")
    words = Words("计划：分几步、谁来办、什么时候")


class Decline(Said):
    words = Words("不同意的理由", longest=500)


class Supervise(Said):
    words = Words("督办要求", longest=500)


class Finish(Said):
    words = Words("怎么处置的、现在怎么样")


class Settle(Said):
    words = Words("怎么处置的")
