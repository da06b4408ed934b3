"""What has to be said in step 6."""

from yige.cases.words import AnswerKind
from yige.steps.fields import Choice, Said, Words


class Reply(Said):
    words = Words("答复内容")


class ReportUp(Said):
    words = Words("向上级报告什么")


class TellArea(Said):
    words = Words("告诉大家什么", hint="本网格的居民都看得到，请不要写人名、电话和门牌。")


class AnswerAtVisit(Said):
    kind = Choice("怎么答复的", AnswerKind)
    words = Words("说了什么", longest=300, required=False)
