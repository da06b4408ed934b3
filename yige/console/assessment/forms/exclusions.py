"""What another level says to an asking: left out or not, with the reason."""

from yige.month_sheets.exclusions import LONGEST_WORDS
from yige.steps.fields import Words, yes_no
from yige.web.forms import KeyedForm


class DecideForm(KeyedForm):
    granted = yes_no("怎么定", "同意，不计入", "不同意，照样计入")
    words = Words("为什么这样定", longest=LONGEST_WORDS, rows=2, hint="申请的单位看得到。")
