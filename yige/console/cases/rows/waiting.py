"""The ledger of where cases wait: levels with their heaps, every figure with the list of exactly its cases."""

from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode

from yige.cases import levels, waiting_places
from yige.cases.words import State, Tier
from yige.console.cases.rows import queue

# What the ledger can be narrowed by; never a person, so that no figure is anybody's.
ASKED = ("tier", "waits", "late", "mark", "grid", "unit", "group")
LIST = "/console/cases/?"


class Figure(NamedTuple):
    """A number and the address of the list of exactly these cases."""

    label: str
    count: int
    href: str


class Row(NamedTuple):
    """One level as a whole (no words of its own), or one heap on it."""

    words: str
    is_unit: bool
    parts: list
    count: Figure
    late: Figure | None
    too_long: Figure | None
    oldest: datetime | None
    oldest_href: str


def read_ledger_query(typed):
    """Read what an address asks for, in the terms of the list of cases."""
    return queue.read_query({name: typed.get(name, "") for name in ASKED})


def plain(asked):
    """Return what was asked for as the pairs of an address, without what was not understood."""
    known = {**asked.cuts, "grid": asked.path, "unit": asked.unit, "group": asked.group}
    return {name: value for name, value in known.items() if value}


def levels_of(heaps, asked):
    """Return [(label of the level, the level as a whole, its heaps)], in the order of the levels."""
    base, found = plain(asked), {}
    for heap in heaps:
        found.setdefault(heap.tier, []).append(heap)
    return [
        (
            Tier(tier).label,
            row_of(level_total(tier, rows), base, {"tier": tier}),
            [heap_row(heap, base) for heap in rows],
        )
        for tier, rows in found.items()
    ]


def level_total(tier, heaps):
    sums = {name: sum(getattr(heap, name) for heap in heaps) for name in ("count", "late", "too_long")}
    oldest = min((heap.oldest for heap in heaps if heap.oldest), default=None)
    return waiting_places.Heap(tier, "", "", {}, oldest=oldest, **sums)


def heap_row(heap, base):
    """Put one heap into a row; a cut that is finer than the heap stays in its addresses."""
    where = {"tier": heap.tier, "waits": base.get("waits") or ("unit" if heap.unit else "level")}
    where |= {"unit": heap.unit} if heap.unit else {}
    words = heap.unit_name or levels.ARRANGES[heap.tier].removesuffix("。")
    return row_of(heap, base, where, words)


def row_of(heap, base, where, words=""):
    def figure(label, count, **more):
        return Figure(label, count, LIST + urlencode({**base, **where, **more}))

    def late_figure(name, count):
        """The list of a figure of lateness cannot be cut by another lateness as well."""
        return figure("", count, late=name) if count and base.get("late", name) == name else None

    parts = [
        figure(place.what, heap.parts[place.name], waits=place.name)
        for place in levels.PLACES
        if place.name in heap.parts
    ]
    return Row(
        words,
        bool(heap.unit),
        parts,
        figure("", heap.count),
        late_figure("yes", heap.late),
        late_figure("level", heap.too_long),
        heap.oldest,
        figure("", 0, sort="waits").href,
    )


def all_of(heaps, asked):
    """Return how many wait in an office, all levels together, as a figure."""
    cut = plain(asked)
    wide = {} if cut.get("waits") or cut.get("tier") else {"waits": "office"}
    return Figure("", sum(heap.count for heap in heaps), LIST + urlencode({**cut, **wide}))


def after_closing(count, asked):
    """Return what of this was closed and waits for its reporter, as a figure."""
    return Figure("", count, LIST + urlencode({**plain(asked), "state": State.CLOSED.value}))


def selects(asked, found):
    """Return the drawn choices of what the ledger can be narrowed by."""
    places = (
        ("grid", "网格", found["grid"], asked.path),
        ("unit", "承办单位", found["unit"], asked.unit),
        ("group", "大类", found["group"], asked.group),
    )
    return [*queue.cut_selects(asked), *queue.draw_selects(places)]


def narrowed_words(asked, found):
    """Say what the ledger was narrowed to: on paper there are no selects."""
    labels = {name: dict(choices) for name, choices in {**queue.CUTS, **found}.items()}
    return "、".join(labels[name].get(value, value) for name, value in plain(asked).items())
