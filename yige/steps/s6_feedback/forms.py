"""What has to be said in step 6."""

from yige.steps.fields import Said, Words


class Reply(Said):
    words = Words("答复内容")


class ReportUp(Said):
    words = Words("向上级报告什么")


class TellArea(Said):
    words = Words("告诉大家什么", hint="本网格的居民都看得到，请不要写人名、电话和门牌。")
