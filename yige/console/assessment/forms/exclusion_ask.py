"""The form that asks to leave a closing out of the figures."""

from yige.cases.words import ExclusionReason
from yige.month_sheets.exclusions import LONGEST_DOCUMENT, LONGEST_WORDS
from yige.steps.fields import Choice, Line, Words
from yige.web.forms import KeyedForm


class AskForm(KeyedForm):
    reason = Choice("什么原因", ExclusionReason, hint="难办、人手不够、时间紧，都不是原因。")
    words = Words(
        "依据", longest=LONGEST_WORDS, rows=4, hint="当时是什么情况，谁能证明。不要写居民的姓名、电话和住处。"
    )
    document = Line(
        "凭据",
        longest=LONGEST_DOCUMENT,
        required=False,
        hint="例如：停电通知、会议纪要的名称和文号。没有可以不填；通知、现场拍了照的，附在下面。",
    )
