"""What became of a form or of a verb: done with its result, or refused with a status and the sentences of the refusal.

A page asks `attempt` for a form, `outcome_of` for a verb without one; both answer with an `Outcome` and change nothing
but the errors that a form shows. Whoever answers htmx or JSON takes `status`, `sentence` and `fields` from the same.
"""

from typing import NamedTuple

from django.contrib import messages
from django.utils import timezone

from yige.lib.refusals import Conflict, Refusal, TooOften


class Outcome(NamedTuple):
    """`status` is that of the same page shown again; `result` is what the verb gave back."""

    done: bool
    status: int = 200
    result: object = None
    sentence: str = ""
    fields: dict = {}

    def __bool__(self):
        return self.done

    def beside(self, form):
        """Put the sentences beside the fields that they name, else above the form; returns the outcome itself."""
        for name, sentence in self.fields.items():
            if _is_seen(form, name):
                form.add_error(name, sentence)
        if self.sentence and not any(_is_seen(form, name) for name in self.fields):
            form.add_error(None, self.sentence)
        return self

    def announce(self, request, words):
        """Say on the next page that it is done, or why it was refused."""
        if self.done:
            messages.success(request, words)
        else:
            messages.error(request, self.sentence)


NOT_SENT = Outcome(done=False)
INVALID = Outcome(done=False, status=422)


def attempt(request, form, verb, subject, *, by=None, **more):
    """Call the verb with what the form says, when it was sent and is valid; a refusal stands beside its fields.

    `by` is who acts where that is not the member of staff who is logged in. A `subject` that only the form can name is
    given as a function of the valid form.
    """
    if not form.is_bound:
        return NOT_SENT
    if not form.is_valid():
        return INVALID
    about = subject(form) if callable(subject) else subject
    by = by or request.user
    return outcome_of(verb, about, by=by, at=timezone.now(), **(form.cleaned_data | more)).beside(form)


def outcome_of(verb, *about, **said):
    """Call the verb; a refusal is an outcome and no exception."""
    try:
        return Outcome(done=True, result=verb(*about, **said))
    except Refusal as refusal:
        return Outcome(
            done=False, status=status_of(refusal), sentence=refusal.sentence, fields=refusal.fields
        )


def status_of(refusal):
    """Return the status of the same page shown again: 409 and 429 say why by themselves, the rest is 422."""
    return refusal.status if isinstance(refusal, Conflict | TooOften) else 422


def _is_seen(form, name):
    return name in form.fields and not form.fields[name].widget.is_hidden
