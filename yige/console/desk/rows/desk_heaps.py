"""The heaps of the desk: each with its number and the page whose rows are that number."""

from typing import NamedTuple

from django.urls import reverse

from yige.cases import after_closing, work_lists
from yige.cases.models import Case
from yige.console.cases.rows import queue

SHORT = 5
MOST_LISTS = 8
TOLD_AS_LINES = ("returned_twice", "reopened_twice")  # to heads, in words


class Heap(NamedTuple):
    """One heap: `address` is the page that shows all its rows; `rows` are the first of them, when there are any."""

    name: str
    label: str
    tone: str
    work: bool
    count: int
    address: str
    first: object


def case_heaps(who, lists) -> list[Heap]:
    """Return the heaps of open cases that the roles of this person have, in the order of the table."""
    cases = Case.objects.visible_to(who.user, who.at).open()
    counts = work_lists.counts(cases, who, lists)
    page = reverse("console:cases")
    return [
        Heap(
            each.name,
            each.label,
            each.tone,
            each.work,
            counts[each.name],
            f"{page}?view={each.name}",
            cases.filter(each.when(who)),
        )
        for each in lists
        if each.name not in TOLD_AS_LINES
    ]


def call_heaps(who) -> list[Heap]:
    """Return what this person calls back and decides: the two lists of the page of call-backs, merged reporters too."""
    if not who.may("call_back_daily"):
        return []
    waiting, page = after_closing.calls_waiting(who.user, who.at), reverse("console:follow_ups")
    kinds = (
        ("call", "待回访", "", after_closing.to_call),
        ("decide", "部分解决待定", "care", after_closing.to_decide),
    )
    return [
        Heap(
            name,
            label,
            tone,
            True,
            waiting[name],
            f"{page}?show={name}",
            after_closing.without_part_of(rows().visible_to(who.user, who.at), who.user),
        )
        for name, label, tone, rows in kinds
    ]


def first_rows(heaps, at) -> list[tuple]:
    """Return (heap, rows) of what waits, danger first, then what is late or due today, then the rest."""
    wanted = [heap for heap in heaps if heap.count and (heap.work or heap.name in ("overdue", "today"))]
    wanted.sort(key=lambda heap: (heap.name != "danger", heap.work))
    return [(heap, _rows_of(heap.first, at)) for heap in wanted[:MOST_LISTS]]


def _rows_of(cases, at):
    return queue.queue_rows(queue.with_row_fields(cases, queue.read_query({}))[:SHORT], at)
