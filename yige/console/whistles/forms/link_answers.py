"""What the desk says of an answer by a link: taken over, with the day that it named where it named one; or sent back."""

from django import forms

from yige.lib.typed_values import read_day
from yige.steps.fields import Until, Words


class TakeOverForm(forms.Form):
    """A button; for a contact also the day, as the unit wrote it, to be put right where it is no day."""

    def __init__(self, *args, answer, **kwargs):
        super().__init__(*args, **kwargs)
        if answer.said.get("until"):
            self.fields["until"] = Until("什么时候办完", hint=f"对方写的是：{answer.said['until']}")
            self.initial["until"] = read_day(answer.said["until"])


class SendBackForm(forms.Form):
    words = Words("为什么退回、请对方怎么办", longest=500)
