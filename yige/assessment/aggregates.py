"""What is counted of rows for each indicator: how many there are, and how many meet it."""

from django.db.models import Count, Q

from yige.assessment.indicators import INDICATORS, Indicator

FIRST = Q(copy=False, round=0)


def starting_from(base) -> list[Indicator]:
    return [each for each in INDICATORS if base_of(each) == base]


def base_of(indicator) -> str:
    """Return which rows an indicator starts from; what is due is what was closed and what is open and late."""
    return "closings" if indicator.base == "due" else indicator.base


def asked_of(base) -> dict[str, Count]:
    """Return the aggregates of the indicators that start from these rows."""
    asked = {f"{each.name}_of": Count("pk", filter=among(each)) for each in starting_from(base)}
    return asked | {
        f"{each.name}_met": Count("pk", filter=among(each) & each.met) for each in starting_from(base)
    }


def among(indicator) -> Q:
    """Return the condition on the rows that an indicator is counted out of.

    Another round of a matter and another copy of it count only where something was missed or came back: so nobody gains
    by closing early and again, or by making ten of one, and nothing that went wrong is hidden by it.
    """
    if base_of(indicator) != "closings":
        return indicator.among
    if indicator.better == "down":
        return indicator.among & (FIRST | indicator.met)
    if indicator.better == "up" and indicator.weight:
        return indicator.among & (FIRST | ~indicator.met)
    return indicator.among & FIRST
