"""The form of one limit for one category; which limit is said by its address."""

from yige.steps.fields import Words
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm
from yige.whistles.category_limits import LONGEST_WORDS, limit_named
from yige.whistles.limits import UNIT_WORDS

WHOLE = "请填整数。"


class LimitForm(KeyedForm):
    amount = WholeNumber(label="多久", error_messages={"invalid": WHOLE, "required": WHOLE})
    words = Words("为什么", longest=LONGEST_WORDS, rows=2, hint="例如：区里和燃气公司约定 20 分钟到场。")

    def __init__(self, *args, trigger, mark, **kwargs):
        super().__init__(*args, **kwargs)
        self.trigger, self.mark = trigger, mark
        self.fields["amount"].label = f"多少{UNIT_WORDS[limit_named(trigger, mark).unit]}"

    def clean(self):
        return super().clean() | {"trigger": self.trigger, "mark": self.mark}
