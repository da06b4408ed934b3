"""What the pages that sound a whistle say before it is sent: the three triggers with their limits, who would not see it."""

from typing import NamedTuple

from yige.accounts.models import Unit
from yige.whistles import calling, limits
from yige.whistles.words import TRIGGER_MEANS, Trigger

AMOUNTS = {limits.MINUTES: "分钟", limits.WORKDAYS: "个工作日"}


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
    rows = [limit for limit in limits.limits_of(trigger) if limit.amount]
    return "，".join(f"{limit.label} {span_of(amounts[limit.name], limit.unit)}内" for limit in rows)


def span_of(amount, unit):
    if unit == limits.MINUTES and amount % 60 == 0:
        return f"{amount // 60} 小时"
    return f"{amount} {AMOUNTS[unit]}"


def silent_units(at):
    """Return the names of the units where nobody would see a call now."""
    units = Unit.objects.filter(active=True, kind__in=calling.CALLABLE)
    return [unit.name for unit in calling.silent_units(units, at)]
