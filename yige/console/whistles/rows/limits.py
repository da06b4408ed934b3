"""The limits as the table has them, the categories that have others, and those of one category with what was before."""

from typing import NamedTuple

from yige.whistles import limits
from yige.whistles.models import CategoryLimit
from yige.whistles.words import Trigger

LINES = 100


class Line(NamedTuple):
    """One limit of one trigger: the ordinary amount, the one that holds in a category, the most it can be there."""

    trigger: Trigger
    limit: limits.Limit
    amount: int
    most: str

    @property
    def which(self):
        return f"{self.trigger.value}-{self.limit.name}"

    @property
    def ordinary(self):
        return limits.span_words(self.limit.amount, self.limit.unit)

    @property
    def now(self):
        return limits.span_words(self.amount, self.limit.unit)

    @property
    def hint(self):
        return "1 小时写 60，24 小时写 1440。" if self.limit.unit == limits.MINUTES else ""

    @property
    def differs(self):
        return self.amount != self.limit.amount


class Change(NamedTuple):
    """One change of one limit, in words."""

    row: CategoryLimit
    label: str
    mark: str
    became: str


PAIRS = [(trigger, limit) for trigger in Trigger for limit in limits.settable(trigger)]
LIMIT_OF = {(trigger.value, limit.name): limit for trigger, limit in PAIRS}


def ordinary_lines():
    return [Line(trigger, limit, limit.amount, "") for trigger, limit in PAIRS]


def lines_of(category):
    """Return every limit as it is in one category now."""
    rows = CategoryLimit.objects.in_force().filter(category=category)
    amounts = {(row.trigger, row.mark): row.amount for row in rows}
    return [
        Line(
            trigger,
            limit,
            amounts.get((trigger, limit.name), limit.amount),
            limits.span_words(limits.most(limit, category.urgency), limit.unit),
        )
        for trigger, limit in PAIRS
    ]


def differing(trigger=None):
    """Return the limits that are others somewhere, with their categories, in the order of the categories."""
    rows = CategoryLimit.objects.in_force().select_related("category__parent", "set_by")
    rows = rows.filter(trigger=trigger) if trigger else rows
    order = ("category__parent__order", "category__order", "category__slug", "trigger", "mark")
    return [change_of(row) for row in rows.order_by(*order) if (row.trigger, row.mark) in LIMIT_OF]


def history(category):
    """Return what was changed in one category, the last first."""
    rows = CategoryLimit.objects.filter(category=category).select_related("set_by", "category")
    return [change_of(row) for row in rows[:LINES] if (row.trigger, row.mark) in LIMIT_OF]


def change_of(row):
    limit = LIMIT_OF[row.trigger, row.mark]
    amount = row.amount or limit.amount
    became = limits.span_words(amount, limit.unit)
    return Change(row, f"{Trigger(row.trigger).label}：{limit.label}", limit.label, became)
