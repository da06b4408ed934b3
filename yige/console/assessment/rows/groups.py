"""The groups of a table with their cells, in the order of the list or of the tree; a funnel only where groups are alike."""

from typing import NamedTuple

from yige.assessment.indicators import INDICATORS
from yige.console.assessment.rows.assessments import funnels
from yige.console.assessment.rows.unit_lines import cell
from yige.web.charts import Chart


class GroupLine(NamedTuple):
    """`key` names the group in an address."""

    key: str
    label: str
    cells: list


def indicators_of(grouping) -> list:
    """Return what can be told by this grouping: a promise lies in a place, but has no category, channel or level."""
    return [each for each in INDICATORS if grouping.field == "grid_path" or each.base != "promises"]


def lines(grouping, told) -> list[GroupLine]:
    indicators = indicators_of(grouping)
    return [
        GroupLine(group.key, group.label, [cell(figures[each.name]) for each in indicators])
        for group, figures in told
    ]


def funnels_of(grouping, told) -> list[Chart]:
    """Return the funnels of places; other work is not held against other work."""
    if not grouping.alike:
        return []
    return funnels(grouping.name, grouping.label, [(group.label, figures) for group, figures in told])
