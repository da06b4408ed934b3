"""Figures of units: how many open, late, closed, how many cards; units, never persons. Each is one condition.

A unit has only what lies in its hands: what it returned, and what was taken up anew and waits for a dispatch, is
nobody's but the dispatcher's. Every list of these figures says from whose view it counts (`reach_words`).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from yige.accounts.models import Unit
from yige.accounts.queries import place_names
from yige.cases.models import DANGER_FIRST, Card, Case
from yige.cases.words import WITH_UNIT, State
from yige.lib.local_time import local_day, start_of_next_day
from yige.lib.short_cache import ShortCache

FIGURE_DAYS = 30
IN_HANDS = Q(state__in=WITH_UNIT)
WAITS_FOR_UNIT = Q(state__in=(State.REPORTED, State.ACCEPTED))
_names = ShortCache(seconds=20)


class Figure(NamedTuple):
    """One number of a unit, and the list behind it."""

    name: str
    label: str
    when: Callable
    order: str


def period_start(at) -> datetime:
    return at - timedelta(days=FIGURE_DAYS)


def ending_today(at) -> Q:
    return Q(next_mark_at__gte=at, next_mark_at__lt=start_of_next_day(local_day(at)))


# fmt: off
FIGURES = (
    Figure("open",   "在办",     lambda at: IN_HANDS,                                                             "next_mark_at"),
    Figure("late",   "已超时",   lambda at: IN_HANDS & Q(next_mark_at__lt=at),                                    "next_mark_at"),
    Figure("today",  "今天到期", lambda at: IN_HANDS & ending_today(at),                                             "next_mark_at"),
    Figure("check",  "等核查",   lambda at: Q(state=State.HANDLED),                                               "handled_at"),
    Figure("closed", "已办结",   lambda at: Q(state__in=(State.CLOSED, State.CLEARED), closed_at__gte=period_start(at)), "-closed_at"),
)
# fmt: on
FIGURE_BY_NAME = {figure.name: figure for figure in FIGURES}


def narrow_to_list(rows, name, at) -> QuerySet:
    """Keep the cases of one figure, dangers first; an unknown name is the first."""
    figure = FIGURE_BY_NAME.get(name, FIGURES[0])
    return rows.filter(figure.when(at)).order_by(DANGER_FIRST, figure.order)


def counts_of_figures(rows, at) -> dict[str, Count]:
    """Return the aggregates of all figures."""
    return {figure.name: Count("pk", filter=figure.when(at)) for figure in FIGURES}


def figures_of_unit(unit, user, at) -> dict[str, int]:
    """Return the figures of one unit as this person sees its cases, by name."""
    return cases_with(unit, user, at).order_by().aggregate(**counts_of_figures(Case, at))


def cases_with(unit, user, at) -> QuerySet:
    """Return the cases of a unit that this person sees and that do not wait for another dispatch."""
    return Case.objects.visible_to(user, at).filter(unit=unit).exclude(WAITS_FOR_UNIT)


def figures_of_units(user, at) -> list:
    """Return the units whose cases this person sees, with their figures: two statements."""
    rows = Case.objects.visible_to(user, at).filter(unit__isnull=False)
    rows = rows.filter(IN_HANDS | Q(state=State.HANDLED) | Q(closed_at__gte=period_start(at)))
    found = {
        row["unit_id"]: row | {"yellow": 0, "red": 0}
        for row in rows.exclude(WAITS_FOR_UNIT)
        .values("unit_id", "unit__slug", "unit__name", "unit__kind")
        .annotate(**counts_of_figures(rows, at))
        .order_by("unit__kind", "unit__path", "unit__slug")
    }
    for unit_id, colour, count in card_counts(found, user, at):
        found[unit_id][colour] = count
    return list(found.values())


def card_counts(unit_ids, user, at) -> QuerySet:
    """Return (unit, colour, count) of the recent cards on cases this person sees."""
    seen = Case.objects.visible_to(user, at)
    given = Card.objects.filter(unit__in=unit_ids, at__gte=period_start(at), lifted_at=None, case__in=seen)
    return given.order_by().values_list("unit_id", "colour").annotate(count=Count("pk"))


def units_in_reach(user, at) -> QuerySet:
    """Return the units whose page this person may open: his own, and those whose cases he sees."""
    mine = Q(pk__in=[post.unit_id for post in user.posts_at(at)])
    seen = (
        Case.objects.visible_to(user, at).filter(unit__isnull=False).order_by().values("unit_id").distinct()
    )
    return Unit.objects.filter(mine | Q(pk__in=seen))


def latest_cards(unit, user, at) -> QuerySet:
    """Return the latest cards of a unit on cases this person sees."""
    seen = Case.objects.visible_to(user, at)
    return Card.objects.filter(unit=unit, case__in=seen).select_related("case").order_by("-at")[:FIGURE_DAYS]


def reach_words(user, at) -> str:
    """Say whose cases this person's numbers count, for beside every number: 白杨街道全部, 派给区城管局的."""
    posts = [post for post in user.posts_at(at) if post.rule.sees != "none"]
    paths = tuple(sorted({post.path for post in posts}))
    names = _names.of(paths, lambda: place_names(paths)) if paths else {}
    return "、".join(dict.fromkeys(_reach_of(post, names) for post in posts))


def _reach_of(post, names):
    place, unit = names.get(post.path, post.unit.name), post.unit.name
    return {
        "area": f"{place}全部",
        "unit": f"派给{unit}的",
        "intake": f"您登记的和{place}等回访的",
        "raised": f"{place}报到区级的",
        "own": f"您自己报的、派给您的和派给{unit}还没定人的",
    }[post.rule.sees]
