"""The lines of a case's timeline for staff: what the reporter reads, and what else was said. Pure."""

from collections import Counter
from datetime import datetime

from django.utils.html import format_html, format_html_join

from yige.cases.workflow import BY_VERB
from yige.lib.local_time import local, moment_words
from yige.steps.forms import FORMS
from yige.web.icons import icon

TONES = {
    "close": "good", "clear": "good", "finish": "good", "hand_back": "care", "escalate": "care", "send_back": "care",
    "urge": "care", "supervise": "care", "reopen": "bad", "reject": "bad", "object": "bad",
}  # fmt: skip


ITEM = (
    '<li class="yg-line__item" data-tone="{}"><p><strong>{}</strong> '
    '<span class="yg-soft">{}</span> <span class="yg-soft">{}</span></p>{}{}{}</li>'
)
PUBLIC = '<p class="yg-quote">{}</p>'
INNER = '<p class="yg-line__said yg-small yg-soft">{}{}</p>'
PHOTOS = '<p class="yg-small">{}{} 张照片</p>'


def lines(entries, photos, now):
    """Draw the lines, the newest first, in one go: a long story has hundreds of values."""
    counts = Counter(photo.entry_id for photo in photos)
    return format_html_join("", "{}", ((_line(entry, counts[entry.pk], now),) for entry in reversed(entries)))


def _line(entry, photos, now):
    row = BY_VERB[entry.verb]
    who = entry.by_label
    if entry.unit_label and entry.unit_label != who:
        who = f"{who}，{entry.unit_label}"
    said = format_html_join("", "<span>{}</span>", ((words,) for words in _said(entry, row)))
    return format_html(
        ITEM,
        TONES.get(entry.verb, ""),
        row.label,
        moment_words(entry.at, now),
        who,
        format_html(PUBLIC, entry.public_words) if entry.public_words else "",
        format_html(INNER, icon("lock"), said) if said else "",
        format_html(PHOTOS, icon("photo"), photos) if photos else "",
    )


def _said(entry, row):
    """Give in words what was said and is not in the reporter's line already."""
    form = FORMS.get(entry.verb)
    for name, value in entry.said.items():
        if value in (None, "") or f"{{{name}}}" in row.public:
            continue
        field = form.base_fields.get(name) if form else None
        label = field.label if field else LABELS.get(name, "")
        words = _in_words(value, row.choices.get(name))
        yield f"{label}：{words}" if label else words


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
