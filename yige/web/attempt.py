"""One form, one verb: do it, or put the refusal beside the field and keep what was typed."""

import re
import secrets

from django import forms
from django.utils import timezone

from yige.lib.refusals import Refusal
from yige.web.refusal import status_of, tell

KEY = re.compile(r"[A-Za-z0-9_-]{20,40}")


class Bare(forms.Form):
    """A form that is only a button; its refusal stands above it."""


class Keyed(forms.Form):
    """A form whose double tap is done once."""

    key = forms.CharField(widget=forms.HiddenInput, min_length=20, max_length=80, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = secrets.token_urlsafe(18)

    def clean_key(self):
        return self.cleaned_data["key"] or None


def attempt(request, form, verb, subject, *, by=None, **more):
    """Call the verb with what the form says; True when it was done (the result is `form.made`).

    `by` is who acts where that is not the member of staff who is logged in.
    """
    form.status = 422
    if not form.is_valid():
        return False
    try:
        form.made = verb(subject, by=by or request.user, at=timezone.now(), **form.cleaned_data, **more)
    except Refusal as refusal:
        form.status = status_of(refusal)
        tell(form, refusal)
        return False
    return True


def status_after(form):
    """Return the status of a page that shows this form again: 200 unless it was sent and refused."""
    return getattr(form, "status", 422) if form.is_bound else 200


def key_of(request):
    """Return the form's key, or a new one when it is none."""
    typed = request.POST.get("key", "")
    return typed if KEY.fullmatch(typed) else secrets.token_urlsafe(24)


def seen_of(request):
    """Return the version of the page that asks; nonsense counts as an old page."""
    typed = request.POST.get("seen")
    if typed is None:
        return None
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed, re.ASCII) else 0
