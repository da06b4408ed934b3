"""What the forms of the verbs have in common: fields in Chinese, drawn by hand because a page has many options."""

from datetime import datetime

from django import forms
from django.db.models import Model, TextChoices
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yige.cases import hearing
from yige.cases.standings import standings
from yige.cases.words import HeardHow, State
from yige.cases.workflow import OUTSIDE, OWN_ACCORD
from yige.lib.local_time import end_of_day
from yige.lib.typed_text import clean
from yige.steps.typed_fields import AnyDay, AnyMoment

EMPTY = "请填写这一项。"
CHOOSE = "请选择一项。"


class StepForm(forms.Form):
    """The form of one verb: what its row says must be said, and what may be; its closed lists come from the row."""

    def __init__(self, *args, row, case, by, at, **kwargs):
        self.row, self.case, self.by, self.at = row, case, by, at
        super().__init__(*args, **kwargs)
        for name, closed_list in row.choices.items():
            self.fields[name].take_from(closed_list)
        self.prepare()

    def prepare(self) -> None:
        """Set choices and first values that depend on the case, the person and the moment."""

    def arguments(self) -> dict:
        """Return what the verb is called with, once the form is valid."""
        return dict(self.cleaned_data)


class SpokenForm(StepForm):
    """The form of a verb that carries the reporter's word, for somebody who heard it."""

    own_words = "工作人员自己补充的"  # what stands first where staff may also do it of their own accord

    def prepare(self) -> None:
        """Ask how it was heard of whoever may write it for the reporter; who may not does it of their own accord alone."""
        field, own = self.fields["heard"], OWN_ACCORD.get(self.row.verb)
        held = standings(self.by, self.case, self.at)
        ways = hearing.ways_to_hear(self.case) if own is None or held & OUTSIDE else []
        if own and not ways:
            del self.fields["heard"]
            return
        field.narrow_to(ways)
        if own and held & set(own.who) and self.case.state != State.MERGED:
            field.required = False
            field.choices[0] = ("", self.own_words)


class Words(forms.CharField):
    """A text of some lines; cleaned of what nobody types on purpose."""

    def __init__(self, label, *, longest=1000, required=True, hint="", rows=3):
        errors = {"required": EMPTY}
        super().__init__(
            label=label,
            required=required,
            help_text=hint,
            strip=False,
            widget=TextArea(rows),
            error_messages=errors,
        )
        self.longest = longest

    def to_python(self, value) -> str:
        return clean(super().to_python(value))

    def validate(self, value) -> None:
        super().validate(value)
        if len(value) > self.longest:
            raise forms.ValidationError(f"最多写 {self.longest} 个字，现在是 {len(value)} 个。")


class Line(Words):
    """The same in one line."""

    def __init__(self, label, **how):
        super().__init__(label, **how)
        self.widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})

    def to_python(self, value) -> str:
        return " ".join(super().to_python(value).split())


class Choice(forms.TypedChoiceField):
    """One of a closed list of the trade; gives the member, not its value.

    In the form of a verb the list is that of the row, or the `only` members of it; elsewhere it is given.
    """

    def __init__(self, label, choices=(), *, only=(), coerce=None, required=True, hint="", initial=None):
        self.only = only
        if isinstance(choices, type) and issubclass(choices, TextChoices):
            coerce, choices = choices, choices.choices
        super().__init__(
            label=label,
            choices=[("", "请选择"), *choices],
            coerce=coerce or str,
            empty_value=None,
            required=required,
            help_text=hint,
            initial=initial,
            widget=Select,
            error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
        )

    def take_from(self, closed_list) -> None:
        """Offer the members of an enumeration, or the `only` ones of them."""
        self.coerce = closed_list
        self.choices = [
            ("", "请选择"),
            *((member.value, member.label) for member in self.only or closed_list),
        ]

    def narrow_to(self, members) -> None:
        """Offer these members alone, those that make sense here."""
        self.choices = [("", "请选择"), *((member.value, member.label) for member in members)]


class WayHeard(Choice):
    """How somebody of the staff heard what the reporter says; only in ways that are on file."""

    def __init__(self, label="反映人怎么说的", **how):
        hint = how.pop("hint", "照反映人的原话记；反映人的页面会写明是怎么说的、由哪里记下。")
        super().__init__(label, HeardHow, hint=hint, **how)


def yes_no(label, yes, no, *, hint="", required=True) -> Choice:
    """Return a field of two answers that gives a bool."""
    return Choice(label, (("yes", yes), ("no", no)), coerce="yes".__eq__, hint=hint, required=required)


class Day(AnyDay):
    """A day that people may plan for."""

    def __init__(self, label, *, required=True, hint=""):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        errors = {"required": "请选择日期。", "invalid": "请按 2026-01-31 这样填写日期。"}
        super().__init__(label=label, required=required, help_text=hint, widget=widget, error_messages=errors)


class Until(Day):
    """A day; gives its last second in Shanghai."""

    def clean(self, value) -> datetime | None:
        day = super().clean(value)
        return end_of_day(day) if day else None


class Moment(AnyMoment):
    """A day and a time on Shanghai's clocks; gives the moment."""

    def __init__(self, label, *, required=True, hint=""):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        wrong = "请按 2026-01-31 14:30 这样填写日期和时间。"
        errors = {"required": "请写日期和时间。", "invalid": wrong}
        super().__init__(label=label, required=required, help_text=hint, widget=widget, error_messages=errors)


class RowChoice(forms.ChoiceField):
    """One row out of a list that the form fills: `offer` gives choices in groups and how to find the row."""

    def __init__(self, label, *, required=True, hint="", missing=CHOOSE):
        errors = {"required": missing, "invalid_choice": missing}
        super().__init__(label=label, required=required, help_text=hint, widget=Select, error_messages=errors)
        self.rows, self.turned_away = {}, {}

    def turn_away(self, sentences) -> None:
        """Answer the values that are not offered, and that somebody may send all the same, each with its sentence."""
        self.turned_away = sentences

    def offer(self, groups, rows, empty="请选择") -> None:
        """Offer `groups` [(group label, [(value, label), …]), …]; `rows` gives the row of each value."""
        self.rows = rows
        self.choices = [("", empty), *groups]

    def valid_value(self, value) -> bool:
        return value in self.rows

    def clean(self, value) -> Model | None:
        if sentence := self.turned_away.get(value):
            raise forms.ValidationError(sentence)
        return self.rows.get(super().clean(value))


class UnitChoice(RowChoice):
    """One unit, or nothing; the form says which units there are."""

    def offer_units(self, units, empty) -> None:
        groups, rows = {}, {}
        for unit in units:
            groups.setdefault(unit.get_kind_display(), []).append((str(unit.pk), unit.name))
            rows[str(unit.pk)] = unit
        self.offer(list(groups.items()), rows, empty)


class TextArea(forms.Textarea):
    def __init__(self, rows):
        super().__init__(attrs={"rows": rows})

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attrs = {**self.attrs, **(attrs or {}), "name": name}
        return format_html("<textarea{}>\n{}</textarea>", flatatt(attrs), value or "")


class Select(forms.Select):
    """A select drawn without a template for every option."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attrs = {**self.attrs, **(attrs or {}), "name": name}
        chosen = "" if value is None else str(value)
        return format_html("<select{}>{}</select>", flatatt(attrs), _options(self.choices, chosen))


def _options(choices, chosen):
    return format_html_join("", "{}", ((_one(value, label, chosen),) for value, label in choices))


def _one(value, label, chosen):
    if isinstance(label, (list, tuple)):
        return format_html('<optgroup label="{}">{}</optgroup>', value, _options(label, chosen))
    if str(value) == chosen:
        return format_html('<option value="{}" selected>{}</option>', value, label)
    return format_html('<option value="{}">{}</option>', value, label)
