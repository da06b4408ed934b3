"""The forms that surfaces build on, and what a page sends with every form: its key and the version that it showed."""

import re
import secrets

from django import forms

from yige.lib.typed_values import read_number

KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")


class ButtonForm(forms.Form):
    """A form that is only a button; its refusal stands above it."""


class KeyedForm(forms.Form):
    """A form whose double tap is done once."""

    key = forms.CharField(widget=forms.HiddenInput, min_length=20, max_length=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(18)

    def clean_key(self):
        return self.cleaned_data["key"] or None


def key_of(request):
    """Return the form's key, or a new one when it is none."""
    typed = request.POST.get("key", "")
    return typed if KEY.fullmatch(typed) else secrets.token_urlsafe(24)


def seen_of(request):
    """Return the version of the page that asks; nonsense counts as an old page."""
    typed = request.POST.get("seen")
    if typed is None:
        return None
    return read_number(typed) or 0
