"""How what was said is written down: plain for the record, in words for the reporter. Pure."""

import re
from datetime import date, datetime

from django.db.models import Model, TextChoices

from yige.lib.local_time import date_words

FELLOW = "另一位反映人"  # how one reporter of a case reads another: never by name, never in his or her words
# What the other reporters of a case read of an act that was said to one of them, or by one; "" is not for them.
# fmt: off
FOR_OTHERS = {
    "report":          "",
    "join":            "",
    "separate":           "已和另一件分开，单独办理，时限不从头算。",
    "object":          "对不予受理提出了异议，由街道重新审看。",
    "withdraw":        "不再要求办理。",
    "correct":         "更正了地点或类别，照常办理，时限不变。",
    "move_grid":       "已改由事发地的网格办理，时限不变，不从头算。",
    "correct_slip":    "",
    "cancel":          "",
    "add":             "补充了情况，承办单位看得到。",
    "urge":            "催办了，承办单位和上一级都看得到。",
    "sign":            "已经签收。",
    "contact":         "已联系另一位反映人。",
    "rate":            "",
    "follow_up":       "",
    "reopen":          "还没有解决，已经重新办理。",
    "answer_at_visit": "",
}
# fmt: on


def json_value(value) -> object:
    """Return a value as it is kept in JSON: rows by id and name, moments in ISO form."""
    if hasattr(value, "as_written"):
        return value.as_written()
    if isinstance(value, Model):
        return {"id": str(value.pk), "name": str(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [json_value(part) for part in value]
    return value


def public_line(row, said, sentence="") -> str:
    """Return the reporter's line: the sentence (that of the row unless given) with what was said put into it."""
    sentence = sentence or row.public
    if not sentence:
        return ""
    words = {name: in_words(value, row.choices.get(name)) for name, value in said.items()}
    return sentence.format_map({name: without_label(sentence, name, text) for name, text in words.items()})


def without_label(sentence, name, text) -> str:
    """Return what was typed without the label that the sentence already has before it: “计划：计划：…” once."""
    before = sentence.partition(f"{{{name}}}")[0]
    label = re.search(r"(\w+)[：:]$", before)
    return re.sub(rf"^(?:\s*{label[1]}\s*[：:])+\s*", "", text) if label else text


def line_for_others(verb, words) -> str:
    """Return what another reporter of the same problem reads of an act; "" when it is not for others."""
    return FOR_OTHERS.get(verb, words)


def in_words(value, choices=None) -> str:
    """Return a value as people read it; `choices` gives the label of a plain value."""
    if choices:
        return choices(value).label
    if isinstance(value, TextChoices):
        return value.label
    if isinstance(value, date):
        return date_words(value)
    return str(value)
