"""The lines of a case's timeline for staff: what the reporter reads, and what else was said. Pure."""

from datetime import datetime
from typing import NamedTuple

from yige.cases.saying import CHOICES
from yige.cases.words import AskKind, Nature, Urgency
from yige.cases.workflow import BY_VERB
from yige.lib.moments import local
from yige.steps.forms import FORMS

MORE_CHOICES = {"accept": {"urgency": Urgency, "nature": Nature}, "ask": {"kind": AskKind}}
TONES = {
    "close": "good", "clear": "good", "finish": "good", "hand_back": "care", "escalate": "care", "send_back": "care",
    "urge": "care", "supervise": "care", "reopen": "bad", "reject": "bad", "object": "bad",
}  # fmt: skip


class Line(NamedTuple):
    label: str
    at: datetime
    who: str
    unit: str
    public: str
    said: list
    photos: list
    tone: str
    state: str


def lines(entries, photos):
    """Return the lines, the newest first; a photo stands at the line that brought it."""
    by_entry = {}
    for photo in photos:
        by_entry.setdefault(photo.entry_id, []).append(photo)
    return [_line(entry, by_entry.get(entry.pk, [])) for entry in reversed(entries)]


def _line(entry, photos):
    row = BY_VERB[entry.verb]
    return Line(
        row.label,
        entry.at,
        entry.by_label,
        entry.unit_label,
        entry.public_words,
        list(_said(entry, row)),
        photos,
        TONES.get(entry.verb, ""),
        entry.get_state_display(),
    )


def _said(entry, row):
    """Give (label, words) of what was said and is not in the reporter's line already."""
    form = FORMS.get(entry.verb)
    choices = CHOICES.get(entry.verb, {}) | MORE_CHOICES.get(entry.verb, {})
    for name, value in entry.said.items():
        if value in (None, "") or f"{{{name}}}" in row.public:
            continue
        field = form.base_fields.get(name) if form else None
        yield (field.label if field else LABELS.get(name, ""), _in_words(value, choices.get(name)))


LABELS = {"person": "承办人", "words": "内容"}


def _in_words(value, choices):
    if isinstance(value, dict):
        return value.get("name", "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if choices:
        return choices(value).label
    return _day(value) if isinstance(value, str) and value[4:5] == "-" else str(value)


def _day(text):
    try:
        here = local(datetime.fromisoformat(text))
    except ValueError:
        return text
    return f"{here.year}年{here.month}月{here.day}日"
