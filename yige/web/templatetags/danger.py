"""What templates ask about danger in words: what was heard, whom to call, and the table for a browser."""

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script

from yige.accounts import shifts
from yige.cases import danger_calls, danger_duty, danger_watch, dangers
from yige.grids.duty_phones import duty_phones

register = template.Library()


class PlainEncoder(DjangoJSONEncoder):
    """Write Chinese as it stands: a third of the bytes, and no number that is none."""

    def __init__(self, **how):
        super().__init__(**how | {"ensure_ascii": False})


@register.simple_tag(name="heard_in")
def dangers_in(*texts):
    """Return what these words may mean."""
    return dangers.hear(*(str(text) for text in texts if text))


@register.simple_tag(name="heard_in_case")
def dangers_in_case(case):
    """Return what the words of a case may mean, while it waits for somebody to look or to be there."""
    return danger_watch.hearings_of(case, case.entries.all()) if case.alarm_at else []


@register.simple_tag
def danger_silence(case, now):
    """Return since when nobody answers the danger of a case, in words; "" while it is still early."""
    since = danger_calls.silent_since(case, now)
    return danger_calls.silence_words(since, now) if since else ""


@register.simple_tag
def danger_shifts(case, user, now):
    """Return who is on duty for the units of a danger, of those whose roster this person may see; None who sees none."""
    seen = danger_duty.responsible_units(case) & shifts.rosters_seen_by(user, now)
    units = list(seen)
    return danger_duty.shifts_now(units, now) if units else None


@register.filter(name="of_life")
def is_of_life(hearings):
    """Say whether somebody may be about to end his or her life."""
    return any(hearing.danger.of_life for hearing in hearings)


@register.filter(name="dangers_named")
def dangers_of_kinds(names):
    """Return the rows of the table with these kinds; what is no kind is left out."""
    return dangers.dangers_of(str(names or ""))


@register.filter(name="kinds")
def kinds_of(hearings):
    return [hearing.danger.kind for hearing in hearings]


@register.simple_tag
def every_danger():
    return dangers.DANGERS


@register.simple_tag
def danger_patterns():
    """Return the table as a browser reads it, so that the page can say whom to call while somebody types."""
    return json_script(dangers.browser_table(), "danger-words", encoder=PlainEncoder)


@register.simple_tag(name="duty_phones")
def phones_of_place(path):
    """Return (name, duty phone) of a grid and of all above it that have one, the nearest first."""
    return duty_phones(path)
