"""What is said about a call: one form a verb."""

from django import forms

from yige.steps.fields import EMPTY, Line, Moment, Words
from yige.steps.typed_fields import WholeNumber
from yige.web.forms import KeyedForm

ALL_READ = "人人看得到：不写姓名、称呼、电话、门牌。"


class Number(WholeNumber):
    """How many; what is no number is said in words."""

    def __init__(self, label, *, hint=""):
        errors = {"required": EMPTY, "invalid": "请写一个数，例如 5。"}
        widget = forms.NumberInput(attrs={"min": 1, "inputmode": "numeric"})
        super().__init__(label=label, help_text=hint, widget=widget, error_messages=errors)


class ChangeForm(KeyedForm):
    heading, button = "改时间、地点、人数", "改"
    words = Words("具体要做的", longest=400, hint=ALL_READ)
    place = Line("在哪里集合", longest=60)
    starts_at = Moment("什么时候开始")
    ends_at = Moment("什么时候结束")
    wanted = Number("要几位", hint="加了名额，先问排队的；已经报上的不会因为减名额没有位置。")


class CancelForm(KeyedForm):
    heading, button = "取消这次召集", "取消召集"
    reason = Words("为什么取消", longest=200, rows=2, hint="报了名的人都会知道。" + ALL_READ)


class RemoveForm(KeyedForm):
    heading, button = "请他不用来", "请他不用来"
    reason = Words("为什么", longest=200, rows=2, hint="本人看得到，别人看不到。")


class FinishForm(KeyedForm):
    """Who came: the seats of the call, each a box."""

    heading, button = "办完了，记下谁来了", "记下"
    came = forms.MultipleChoiceField(label="谁来了", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, lines=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = {str(line.seat.pk): line.seat for line in lines}
        self.fields["came"].choices = [(str(line.seat.pk), line.name) for line in lines]

    def clean_came(self):
        return [self.seats[pk] for pk in self.cleaned_data["came"]]


class ThankForm(KeyedForm):
    heading, button = "谢谢来的人", "谢谢"
    thanks = Words("想说的话", longest=200, rows=2, hint="来的人都会收到，页面上人人看得到。不写姓名。")
