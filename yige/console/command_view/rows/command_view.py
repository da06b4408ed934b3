"""The tiles of the wall: each figure from the function that owns it, with the address of exactly its rows."""

from typing import NamedTuple
from urllib.parse import urlencode

from yige.assessment.process_chart import read_process
from yige.cases import category_weeks, open_counts, open_figures, todays, work_lists
from yige.cases.levels import LEVELS
from yige.cases.words import Tier
from yige.console.command_view.rows import command_view_map
from yige.console.whistles.rows import board
from yige.lib.local_time import day_words, local, local_day, span_words
from yige.web.strip import digit_of

LIST = "/console/cases/?"
MOST_ROWS = 4


class Figure(NamedTuple):
    """A number with its word, the list of exactly its cases, and its tone: "" where it is no trouble, as none never is."""

    label: str
    count: int
    href: str
    tone: str = ""


class Light(NamedTuple):
    """One light of 13710: for how many cases it comes next, and how many of these are late."""

    digit: str
    next: Figure
    late: Figure


class Running(NamedTuple):
    """One running whistle: its case, and what has been waited for longest."""

    number: str
    href: str
    where: str
    waits: str
    late: bool


class Hot(NamedTuple):
    """One class this week: how many, how many are usual at the most (None: too few weeks), whether that is beyond chance."""

    figure: Figure
    usual: str
    beyond: bool


def tiles(user, at):
    """Return what all tiles show, of what this person sees at this moment."""
    counts = open_counts.open_counts(user, at)
    standing = open_figures.open_figures(counts)
    whistles = board.rows(user, at)
    return {
        "day": day_words(local_day(at), local_day(at)),
        "watched": trouble_figures(counts),
        "open": Figure("在办", standing.open, LIST),
        "states": [Figure(label, count, address(state=name)) for name, label, count in standing.states],
        "lights": [light(mark) for mark in standing.marks],
        "levels": levels(counts),
        "today": of_today(user, at),
        "map": command_view_map.picture(user, at, counts),
        "whistles": Figure("正在联办", len(whistles), "/console/whistles/"),
        "running": [running(row, at) for row in whistles[:MOST_ROWS]],
        "hot": hot_first([hot(one, at) for one in category_weeks.weeks_of_classes(user, at)]),
        "clearings": [
            (row, cleared_words(row.at, at)) for row in todays.latest_clearings(user, at, MOST_ROWS)
        ],
    }


def address(**asked):
    return LIST + urlencode(asked)


def trouble_figures(counts):
    """Return the lists of trouble as the desk counts them."""
    found = [(work_lists.WORK_LIST_BY_NAME[name], counts.trouble(name)) for name in open_counts.TROUBLE]
    return [
        Figure(each.label, count, address(view=each.name), each.tone if count else "")
        for each, count in found
    ]


def light(mark):
    late = Figure("超时", mark.late, address(mark=mark.name, late="yes"), "bad" if mark.late else "")
    return Light(digit_of(mark.label), Figure(mark.label, mark.open, address(mark=mark.name)), late)


def levels(counts):
    """Return (all that waits, what of it is late) on each level where anything does, the lowest first."""
    rows = {row.level: row for row in counts.by_level}
    return [
        (
            Figure(Tier(tier).label, row.open, address(tier=tier)),
            Figure("超时", row.overdue, address(tier=tier, late="yes"), "bad" if row.overdue else ""),
        )
        for tier, row in ((level.tier.value, rows.get(level.tier.value)) for level in LEVELS)
        if row
    ]


def of_today(user, at):
    counts = todays.counts_of_today(user, at)
    return [
        Figure(choice.label.removesuffix("的"), counts[choice.name], address(today=choice.name))
        for choice in todays.TODAY
    ]


def running(row, at):
    """Say of a whistle where it is and what it waits for; a unit has a name, its people have none."""
    case, wait = row.whistle.case, row.waits[0] if row.waits else None
    waits = f"等{wait.who}{wait.what} {span_words(at - wait.since)}了" if wait else "在办"
    late = any(one.is_late(at) for one in row.waits)
    return Running(
        case.number,
        f"/console/whistles/{row.whistle.pk}/",
        f"{case.category.label} · {case.grid.name}",
        waits,
        late,
    )


def hot(one, at):
    """Compare a class with its own weeks before; with too few of them nobody can say what is usual."""
    reading = read_process([(str(place), count) for place, count in enumerate(one.before)], span="周")
    beyond = reading.upper is not None and one.now > reading.upper
    since = category_weeks.first_day(at).isoformat()
    figure = Figure(
        one.label, one.now, address(view="all", group=one.slug, since=since), "care" if beyond else ""
    )
    usual = "周数还少，看不出" if reading.upper is None else f"平常最多 {int(reading.upper)}"
    return Hot(figure, usual, beyond)


def hot_first(rows):
    """Return what is beyond chance, then what there is most of."""
    return sorted(rows, key=lambda row: (not row.beyond, -row.figure.count))[:MOST_ROWS]


def cleared_words(moment, at):
    """Return when, to the minute where it was today."""
    day, today = local_day(moment), local_day(at)
    return f"{local(moment):%H:%M}" if day == today else day_words(day, today)
