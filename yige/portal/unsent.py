"""A report that was not taken yet, kept sealed for two hours, so that the page that asks again has an address of its own.

Whoever goes back or loads that page anew reads it again; the browser has nothing to send a second time. It is
forgotten when the report is sent. Its key is the form's own, which nobody else knows.
"""

import json
from typing import NamedTuple
from uuid import UUID, uuid4

from django.core.cache import caches
from django.http import QueryDict

from yige.lib.crypto import CannotOpen, open_sealed, seal

WAITS_SECONDS = 2 * 3600
_FIELD = "portal.unsent"


class Unsent(NamedTuple):
    """What was typed, which photos were kept, the sentences besides those of the form, the status of the page."""

    typed: QueryDict
    kept: list[str]
    sentences: dict[str, list[str]]
    status: int


def keep(request, form, gathered, status):
    """Keep a refused form; return the key under which it is found."""
    typed, key = request.POST.copy(), form.cleaned_data.get("key") or uuid4()
    for name in ("csrfmiddlewaretoken", "kept"):
        typed.pop(name, None)
    typed["key"] = str(key)
    text = json.dumps(
        {
            "typed": typed.urlencode(),
            "kept": [photo.digest for photo in gathered],
            "sentences": {name: list(sentences) for name, sentences in form.errors.items()},
            "status": status,
        }
    )
    caches["forms"].set(str(key), seal(text, where=f"{_FIELD}:{key}"), WAITS_SECONDS)
    return key


def find(key: UUID) -> Unsent | None:
    """Return the kept form, or None when it was sent or its time is over."""
    blob = caches["forms"].get(str(key))
    try:
        facts = json.loads(open_sealed(blob, where=f"{_FIELD}:{key}")) if blob else None
    except CannotOpen:
        return None  # the key of that day is gone
    return Unsent(**facts | {"typed": QueryDict(facts["typed"])}) if facts else None


def forget(key: UUID):
    caches["forms"].delete(str(key))
