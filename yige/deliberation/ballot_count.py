"""Who has a right to vote, and the count of one ballot a right. Pure; the readings of the law stand in `decision_rules.py`."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from yige.deliberation.decision_rules import CHOICES, Share, Tally


class Right(NamedTuple):
    """One right to vote: a set of owners with all exclusive parts that are just theirs."""

    owners: frozenset
    area: int


def rights_of(homes: Iterable[tuple[Iterable, int]]) -> list[Right]:
    """Return the rights of (owners, area) of every home: homes of the same set of owners are one right."""
    areas = {}
    for owners, area in homes:
        areas[frozenset(owners)] = areas.get(frozenset(owners), 0) + area
    return [Right(owners, area) for owners, area in areas.items()]


def count_ballots(areas: Mapping, ballots: Mapping) -> Tally:
    """Count right → choice over right → area; a ballot of nobody on the roll is an error and no vote."""
    parts = dict.fromkeys(("all", *CHOICES), Share())
    for area in areas.values():
        parts["all"] += Share(1, area)
    for right, choice in ballots.items():
        parts[choice] += Share(1, areas[right])
    return Tally(**parts)
