"""What has to be said in step 6."""

from yige.steps.fields import Choice, StepForm, Words


class Reply(StepForm):
    words = Words("答复内容")


class ReportUp(StepForm):
    words = Words("向上级报告什么")


class TellArea(StepForm):
    words = Words("告诉大家什么", hint="本网格的居民都看得到，请不要写人名、电话和门牌。")


class AnswerAtVisit(StepForm):
    kind = Choice("怎么答复的")
    words = Words("说了什么", longest=300, required=False)
