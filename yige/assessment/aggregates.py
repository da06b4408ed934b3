"""What is counted of rows for each indicator: how many there are, and how many meet it."""

from django.db.models import Count

from yige.assessment.indicators import INDICATORS, Indicator


def starting_from(base) -> list[Indicator]:
    return [each for each in INDICATORS if base_of(each) == base]


def base_of(indicator) -> str:
    """Return which rows an indicator starts from; what is due is what was closed and what is open and late."""
    return "closings" if indicator.base == "due" else indicator.base


def asked_of(base) -> dict[str, Count]:
    """Return the aggregates of the indicators that start from these rows."""
    asked = {f"{each.name}_of": Count("pk", filter=each.among) for each in starting_from(base)}
    return asked | {
        f"{each.name}_met": Count("pk", filter=each.among & each.met) for each in starting_from(base)
    }
