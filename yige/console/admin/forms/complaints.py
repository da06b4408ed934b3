"""The form that answers a complaint about the platform."""

from django import forms

from yige.lib import typed_text


class AnswerForm(forms.Form):
    words = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_words(self):
        return typed_text.clean(self.cleaned_data["words"])
