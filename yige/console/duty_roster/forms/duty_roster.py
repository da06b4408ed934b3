"""The form of a shift: who, from when, until when."""

from datetime import timedelta

from django import forms
from django.db.models import Q

from yige.accounts.models import User
from yige.lib.local_time import local_day, start_of_day
from yige.steps.fields import Moment
from yige.web.forms import KeyedForm

NIGHT_BEGINS, NIGHT_HOURS = timedelta(hours=20), timedelta(hours=12)


class ShiftForm(KeyedForm):
    user = forms.ModelChoiceField(
        User.objects.none(),
        label="谁值班",
        required=False,
        empty_label="没有账号的人，在下面写",
        error_messages={"invalid_choice": "请选本单位的人，或者在下面写姓名和电话。"},
    )
    name = forms.CharField(label="姓名", required=False, help_text="没有账号的人才写。")
    phone = forms.CharField(
        label="值班时打的电话",
        required=False,
        help_text="有账号的人可以不写，就打他的工作电话。",
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    begins_at = Moment("从什么时候")
    ends_at = Moment("到什么时候", hint="夜班写到第二天。")
    note = forms.CharField(label="说明", required=False, help_text="比如 带班领导。")

    def __init__(self, *args, unit, at, week, **kwargs):
        super().__init__(*args, **kwargs)
        day = local_day(at)
        serves = Q(posts__unit=unit) & (Q(posts__until=None) | Q(posts__until__gt=day))
        self.fields["user"].queryset = User.objects.filter(serves, is_active=True).distinct().order_by("name")
        begins_at = max(week.begins_at, start_of_day(day)) + NIGHT_BEGINS
        self.initial |= {"begins_at": begins_at, "ends_at": begins_at + NIGHT_HOURS}
