"""How what was said is written down: plain for the record, in words for the reporter. Pure."""

from datetime import date, datetime

from django.db.models import Model, TextChoices

from yige.lib.local_time import local


def json_value(value):
    """Return a value as it is kept in JSON: rows by id and name, moments in ISO form."""
    if isinstance(value, Model):
        return {"id": str(value.pk), "name": str(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [json_value(part) for part in value]
    return value


def public_line(row, said) -> str:
    """Return the reporter's line: the sentence of the row with what was said put into it, in words."""
    if not row.public:
        return ""
    return row.public.format_map(
        {name: in_words(value, row.choices.get(name)) for name, value in said.items()}
    )


def in_words(value, choices=None) -> str:
    """Return a value as people read it; `choices` gives the label of a plain value."""
    if choices:
        return choices(value).label
    if isinstance(value, TextChoices):
        return value.label
    if isinstance(value, datetime):
        here = local(value)
        return f"{here.month}月{here.day}日"
    return str(value)
