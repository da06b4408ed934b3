"""What the level-1 head says of a row: put in force or refused, or ended."""

from django import forms

from yige.steps.fields import Day, Words, yes_no


class DecideForm(forms.Form):
    agreed = yes_no("怎么定", "同意，照这样定", "不同意")
    words = Words("说明", longest=300, required=False, rows=2, hint="不同意的，要写明理由。")
    valid_from = Day("改从哪天起", required=False, hint="不填，就照提的日子；提的日子已经过了的，从今天起。")


class EndForm(forms.Form):
    valid_until = Day("从哪天起停用")
    words = Words("为什么停用", longest=200, rows=2, hint="例如：单位撤并，改由别的单位管。")
