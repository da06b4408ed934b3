"""The form of an hour that somebody offers: which kind, where, when, for how many households."""

from datetime import datetime

from django import forms

from yige.contact.words import SlotKind
from yige.grids.models import Grid
from yige.lib.local_time import SHANGHAI
from yige.steps.s1_approach.appointments import HOSTING
from yige.steps.typed_fields import AnyDay, WholeNumber
from yige.web.forms import KeyedForm


class SlotForm(KeyedForm):
    kind = forms.ChoiceField(label="哪一种", choices=SlotKind.choices)
    grid = forms.ModelChoiceField(Grid.objects.none(), label="给哪个辖区", empty_label=None)
    place = forms.CharField(label="在哪里见面", max_length=60, help_text="比如 社区服务站二楼。")
    day = AnyDay(label="哪一天", widget=forms.DateInput(attrs={"type": "date"}))
    hour = forms.TimeField(label="几点", widget=forms.TimeInput(attrs={"type": "time"}))
    minutes = WholeNumber(label="多长（分钟）", initial=30)
    seats = WholeNumber(label="能约几户", initial=1)

    def __init__(self, *args, user, at, **kwargs):
        super().__init__(*args, **kwargs)
        posts = [post for post in user.posts_at(at) if post.may(*HOSTING.values())]
        able = [
            (kind, label)
            for kind, label in SlotKind.choices
            if any(post.may(HOSTING[kind]) for post in posts)
        ]
        self.fields["kind"].choices = able
        self.fields["grid"].queryset = Grid.objects.public().filter(path__in=[post.path for post in posts])

    def clean(self):
        """Return what the verb takes; the moment is put together from day and hour."""
        said = dict(self.cleaned_data)
        day, hour = said.pop("day", None), said.pop("hour", None)
        self.grid = said.pop("grid", None)
        if day and hour:
            said["starts_at"] = datetime.combine(day, hour, SHANGHAI)
        return said
