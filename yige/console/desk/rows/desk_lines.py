"""The lines of a head with their pages, and what is late with what it waits for, unit by unit in the order of the tree."""

from typing import NamedTuple

from django.urls import reverse

from yige.cases import waiting_places
from yige.cases.models import Case
from yige.cases.words import State, Tier
from yige.console.cases.rows import waiting
from yige.contact import heads_lines

# Where the rows of a line are: the route and its query.
PAGES = {
    "overdue": ("cases", "?view=overdue"),
    "returned_twice": ("cases", "?view=returned_twice"),
    "reopened_twice": ("cases", "?view=reopened_twice"),
    "look_backs": ("look_backs", "?show=overdue"),
    "topics_late": ("topics_late", ""),
    "deliberations": ("deliberations_waiting", ""),
    "promises": ("promises", ""),
    "spots_late": ("patrols", "?show=late"),
    "spots_never": ("patrols", "?show=never"),
    "households": ("households", f"?days={heads_lines.NOT_MET_DAYS}&willing=1"),
    "areas": ("coverage", "?show=late"),
}
LATE = {"late": "yes"}


class LinkedLine(NamedTuple):
    words: str
    count: int
    address: str


def linked_lines(user, at):
    """Return the lines of a head as (what there is, what is good): the first lead to their rows."""
    lines = [linked_line(told) for told in heads_lines.lines_of_head(user, at)]
    return [line for line in lines if line.count], [line for line in lines if not line.count]


def linked_line(told):
    route, query = PAGES[told.line.name]
    return LinkedLine(told.words, told.count, reverse(f"console:{route}") + query)


class LateRow(NamedTuple):
    """What is late with one unit, or with whoever arranges it: how many, and what they wait for; each with its list."""

    level: str
    words: str
    count: waiting.Figure
    parts: list


def late_rows(user, at):
    """Return what is late in this person's reach, by level and unit in the order of the tree; never the most first."""
    late = Case.objects.visible_to(user, at).overdue(at)
    rows = [late_row(heap) for heap in waiting_places.heaps_of(late, at)]
    asking = late.filter(state=State.CLOSED).order_by().count()
    if asking:
        rows.append(LateRow("", "办结了等反映人评价、回访的", closed_late(asking), []))
    return rows


def late_row(heap):
    row = waiting.heap_row(heap, LATE)
    return LateRow(Tier(heap.tier).label, row.words, row.count, row.parts)


def closed_late(count):
    return waiting.after_closing(count, waiting.read_ledger_query(LATE))
