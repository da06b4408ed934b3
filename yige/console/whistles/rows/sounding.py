"""What the pages that sound a whistle say before it is sent: the three triggers with their limits, who would not see it."""

from typing import NamedTuple

from yige.accounts.models import Unit
from yige.whistles import calling, limits
from yige.whistles.words import TRIGGER_MEANS, Trigger


class TriggerRow(NamedTuple):
    """One trigger: its label, what it means in plain words, the limits that would be frozen now."""

    label: str
    means: str
    limits: str


def triggers(category_id=None):
    """Return the three triggers with the limits of a category, or the ordinary ones where none is known yet."""
    return [TriggerRow(one.label, TRIGGER_MEANS[one], limit_words(one, category_id)) for one in Trigger]


def limit_words(trigger, category_id=None):
    """Return in words the limits of a trigger that would be frozen now."""
    overrides = calling.limits_of_category(trigger, category_id) if category_id else {}
    amounts = limits.frozen(trigger, overrides)
    spans = (
        (limit.label, limits.span_words(amounts[limit.name], limit.unit))
        for limit in limits.settable(trigger)
    )
    return "，".join(f"{label} {span}内" for label, span in spans)


def silent_units(at):
    """Return the names of the units where nobody would see a call now."""
    units = Unit.objects.filter(active=True, kind__in=calling.CALLABLE)
    return [unit.name for unit in calling.silent_units(units, at)]
