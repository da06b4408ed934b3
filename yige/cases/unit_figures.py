"""Figures of units: how many open, late, closed, how many cards; units, never persons."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from yige.accounts.models import Unit
from yige.cases.models import Card, Case
from yige.cases.words import BEFORE_HANDLED, State
from yige.lib.local_time import local_day, start_of_next_day

FIGURE_DAYS = 30
BEING_HANDLED = BEFORE_HANDLED
DONE = (State.CLOSED, State.CLEARED)
# What the page of one unit can show.
UNIT_LISTS = {
    "open": "正在办",
    "late": "已超时",
    "check": "等核查",
    "closed": "已办结",
}


def narrow_to_list(rows, name, at):
    """Keep the cases of one list; an unknown name is the first list."""
    if name == "late":
        return rows.filter(state__in=BEING_HANDLED, next_mark_at__lt=at).order_by("next_mark_at")
    if name == "check":
        return rows.filter(state=State.HANDLED).order_by("handled_at")
    if name == "closed":
        return rows.filter(state__in=DONE, closed_at__gte=at - timedelta(days=FIGURE_DAYS)).order_by(
            "-closed_at"
        )
    return rows.filter(state__in=BEING_HANDLED).order_by("next_mark_at")


def figures_of_units(user, at) -> list:
    """Return the units whose cases this person sees, with their figures: two statements."""
    doing = Q(state__in=BEING_HANDLED)
    recently = Q(closed_at__gte=at - timedelta(days=FIGURE_DAYS))
    rows = (
        Case.objects.visible_to(user, at)
        .filter(unit__isnull=False)
        .filter(doing | Q(state=State.HANDLED) | recently)
    )
    counted = rows.values("unit_id", "unit__slug", "unit__name", "unit__kind").annotate(
        open=Count("pk", filter=doing),
        late=Count("pk", filter=doing & Q(next_mark_at__lt=at)),
        today=Count(
            "pk", filter=doing & Q(next_mark_at__gte=at, next_mark_at__lt=start_of_next_day(local_day(at)))
        ),
        check=Count("pk", filter=Q(state=State.HANDLED)),
        closed=Count("pk", filter=Q(state__in=DONE) & recently),
    )
    found = {
        row["unit_id"]: row | {"yellow": 0, "red": 0}
        for row in counted.order_by("unit__kind", "unit__path", "unit__slug")
    }
    for unit_id, colour, count in card_counts(found, user, at):
        found[unit_id][colour] = count
    return list(found.values())


def card_counts(unit_ids, user, at) -> QuerySet:
    """Return (unit, colour, count) of the recent cards on cases this person sees."""
    seen = Case.objects.visible_to(user, at)
    given = Card.objects.filter(
        unit__in=unit_ids, at__gte=at - timedelta(days=FIGURE_DAYS), lifted_at=None, case__in=seen
    )
    return given.order_by().values_list("unit_id", "colour").annotate(count=Count("pk"))


def units_in_reach(user, at):
    """Return the units whose page this person may open: his own, and those whose cases he sees."""
    mine = Q(pk__in=[post.unit_id for post in user.posts_at(at)])
    seen = (
        Case.objects.visible_to(user, at).filter(unit__isnull=False).order_by().values("unit_id").distinct()
    )
    return Unit.objects.filter(mine | Q(pk__in=seen))


def latest_cards(unit, user, at):
    """Return the latest cards of a unit on cases this person sees."""
    seen = Case.objects.visible_to(user, at)
    return Card.objects.filter(unit=unit, case__in=seen).select_related("case").order_by("-at")[:FIGURE_DAYS]
