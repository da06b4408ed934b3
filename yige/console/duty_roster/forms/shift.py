"""The hours of a shift that is written down already."""

from django import forms

from yige.steps.fields import Moment
from yige.web.forms import KeyedForm


class HoursForm(KeyedForm):
    begins_at = Moment("从什么时候")
    ends_at = Moment("到什么时候", hint="夜班写到第二天。")
    note = forms.CharField(label="说明", required=False)
