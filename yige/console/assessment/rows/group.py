"""The units of one group by kind, as on the page of all units."""

from yige.assessment import readers
from yige.console.assessment.rows.assessments import Kind, by_kind
from yige.console.assessment.rows.groups import indicators_of


def kinds_of(grouping, user, at, period, where) -> list[Kind]:
    """Return the units that have something in the group, by kind, in the order of the tree."""
    units = list(readers.units_to_read(user, at, period, where))
    return by_kind(units, period, where, indicators_of(grouping))
