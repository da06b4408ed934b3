"""What is wrong with the forms of a page, for the summary above them: each sentence with the field that it is about."""

from typing import NamedTuple

from django import forms
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect

NOT_DONE = "还没有完成"


class Line(NamedTuple):
    """One sentence; `target` is the id of the control that it is about, "" when it is about none."""

    target: str
    label: str
    sentence: str


class Summary(NamedTuple):
    """`keeps` says whether the page shows again all that was typed; passwords and files it does not."""

    lines: list
    wrong_fields: int
    keeps: bool


def summary_of(*refused) -> Summary:
    widgets = [field.widget for form in refused for field in form.fields.values()]
    keeps = not any(getattr(widget, "input_type", "") in ("password", "file") for widget in widgets)
    wrong = sum(len(set(form.errors) - {"__all__"}) for form in refused)
    return Summary([line for form in refused for line in _lines_of(form)], wrong, keeps)


def _lines_of(form):
    yield from (Line("", "", sentence) for sentence in form.non_field_errors())
    for field in form:
        about = ("", "") if field.is_hidden else (first_control(field), field.label)
        yield from (Line(*about, sentence) for sentence in field.errors)
    if "photos" not in form.fields:
        yield from (Line("photos", "照片", sentence) for sentence in getattr(form, "photo_errors", ()))


def first_control(field) -> str:
    """Return the id of the control that takes the focus; of radios and boxes it is the first."""
    several = isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{field.auto_id}_0" if several else field.id_for_label


def refused_forms(values) -> list:
    """Return every refused form among the values that a page shows, each once, also in its rows and groups."""
    found = {id(value): value for value in _opened(values, deep=3) if _is(value, forms.BaseForm)}
    return [
        form
        for form in found.values()
        if form.is_bound and (form.errors or getattr(form, "photo_errors", ()))
    ]


def _opened(values, deep):
    for value in values:
        yield value
        if deep and _is(value, dict):
            yield from _opened(value.values(), deep - 1)
        elif deep and _is(value, list | tuple):
            yield from _opened(value, deep - 1)


def _is(value, kind):
    """Say what a value is without waking it: `isinstance` would fetch what is fetched only when it is shown."""
    return issubclass(type(value), kind)
