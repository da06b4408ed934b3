"""The lines of a case's timeline for staff: what the reporter reads, and what else was said. Pure."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from yige.cases.workflow import BY_VERB
from yige.lib.local_time import full_date_words, local, moment_words
from yige.steps.forms import FORMS
from yige.whistles.words import ACT_LABELS, ReleaseReason, Ruling

TONES = {
    "close": "good", "clear": "good", "finish": "good", "hand_back": "care", "escalate": "care", "report_city": "care", "send_back": "care",
    "urge": "care", "supervise": "care", "reopen": "bad", "reject": "bad", "object": "bad",
}  # fmt: skip


# What is given whole, and named in the reporter's line where it differs from before.
NAMED_WHEN_CHANGED = {"correct": ("category", "urgency", "nature")}


class Line(NamedTuple):
    """One line: what was done, when, by whom, what the reporter reads, what only staff read, how many photos."""

    tone: str
    label: str
    when: str
    who: str
    public: str
    inner: list
    photos: int


def lines(entries, photos, now, matter_alone=False):
    """Put the entries of a case into lines, the newest first; the matter alone says nothing of who reported it."""
    counts, hidden = Counter(photo.entry_id for photo in photos), ("contact",) if matter_alone else ()
    return [_line(entry, counts[entry.pk], now, hidden) for entry in reversed(entries)]


def _line(entry, photos, now, hidden):
    row = BY_VERB[entry.verb]
    who = entry.by_label
    if entry.unit_label and entry.unit_label != who:
        who = f"{who}，{entry.unit_label}"
    return Line(
        TONES.get(entry.verb, ""),
        ACT_LABELS.get(entry.said.get("act"), row.label),
        moment_words(entry.at, now),
        who,
        entry.public_words,
        list(_said(entry, row, hidden)),
        photos,
    )


def _said(entry, row, hidden):
    """Give in words what was said and is not in the reporter's line already."""
    form = FORMS.get(entry.verb)
    for name, value in entry.said.items():
        told = f"{{{name}}}" in row.public or name in NAMED_WHEN_CHANGED.get(entry.verb, ())
        kept = name == "act" or name in hidden or ("act" in entry.said and name in WHO_COMES)
        if kept or told or value in (None, ""):
            continue
        field = form.base_fields.get(name) if form else None
        label = field.label if field else LABELS.get(name, "")
        closed = CLOSED_LISTS.get(name) if "act" in entry.said else row.choices.get(name)
        words = _moment(value) if name == "meet_at" else _in_words(value, closed)
        yield f"{label}：{words}" if label else words


LABELS = {
    "person": "承办人", "words": "内容", "place": "地点", "number": "另一件的编号", "unit": "单位", "step": "步骤", "discussed": "和谁商量",
    "measure": "措施", "until": "到哪一天", "meet_at": "碰头时间", "meet_place": "碰头地点", "part": "牵头还是配合", "asked": "请它做什么",
    "calls": "请的单位", "basis": "依据", "reason": "原因", "ruling": "怎么定", "passed": "办得行不行", "trigger": "情形", "tried": "试过什么",
    "matter": "请来办什么事", "wanted": "想请谁", "suggested": "该由谁办", "instead": "改请", "due_on": "哪一天前",
}  # fmt: skip
# Whom a called unit sends and how to ring him or her stands on the page of the joint work, for those who lead the area.
WHO_COMES = ("person", "reached")
# The closed lists of acts on joint work, which have no row of their own in the table of the case.
CLOSED_LISTS = {"ruling": Ruling, "reason": ReleaseReason}


def _in_words(value, choices):
    if isinstance(value, list):
        return "；".join(_in_words(one, None) for one in value)
    if isinstance(value, dict) and "asked" in value:
        return f"{value['unit']}（{value['part']}）：{value['asked']}"
    if isinstance(value, dict):
        return value.get("name", "")
    if isinstance(value, bool):
        return "是" if value else "否"
    if choices:
        return choices(value).label
    return _day(value) if isinstance(value, str) and value[4:5] == "-" else str(value)


def _moment(text):
    """Give the day with the time on Shanghai's clocks: people have to be there."""
    return f"{_day(text)} {local(datetime.fromisoformat(text)):%H:%M}"


def _day(text):
    try:
        here = local(datetime.fromisoformat(text))
    except ValueError:
        return text
    return full_date_words(here)
