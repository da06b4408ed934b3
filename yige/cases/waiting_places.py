"""Where open cases wait: on which level, for what, since when, as conditions on rows; and how many wait where.

The places are the rows of `levels.PLACES`. What was closed waits for its reporter and has no place in an office.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case as When
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models import When as If
from django.db.models.functions import Greatest

from yige.accounts.models import Post
from yige.accounts.roles import leading
from yige.cases.levels import DEPARTMENT, GRID, LEVELS, PLACES, STREET, TIER_OF_LEVEL
from yige.cases.models import Return
from yige.cases.unit_figures import IN_HANDS
from yige.cases.words import State
from yige.cases.work_lists import open_waits
from yige.lib.local_time import local_day

RETURNED_AT = Subquery(Return.objects.filter(case=OuterRef("pk")).order_by("-at").values("at")[:1])
MOMENTS = {"returned_at": RETURNED_AT}  # what is no column of the case


def lies_at(place) -> Q:
    """Return the condition of one place."""
    found = Q(state__in=place.states)
    return found if place.raised is None else found & Q(raised_at__isnull=not place.raised)


def began_at(place) -> F | Greatest:
    """Return since when a case waits at a place: the latest of its moments."""
    moments = [MOMENTS.get(name, F(name)) for name in place.since]
    return Greatest(*moments) if len(moments) > 1 else moments[0]


HAS_PLACE = Q(state__in={state for place in PLACES for state in place.states})
WAITS_FOR = When(*[If(lies_at(place), then=Value(place.name)) for place in PLACES], output_field=CharField())
WAITING_SINCE = When(
    *[If(lies_at(place), then=began_at(place)) for place in PLACES], output_field=DateTimeField()
)


def level_of(day) -> When:
    """Return on which level a case waits on this day: that of its unit, of its place, or of whoever handed it out and checks it."""
    return When(
        If(IN_HANDS, then=F("tier")),
        If(Q(state=State.HANDLED, handed_by=F("handler")), then=Value(STREET)),
        *[
            If(Q(state=State.HANDLED) & gave_from(level, day), then=Value(tier))
            for level, tier in TIER_OF_LEVEL.items()
        ],
        If(Q(state=State.HANDLED) | Q(tier=DEPARTMENT), then=Value(STREET)),
        *[
            If(Q(raised_at=None, tier=GRID, grid__level=level), then=Value(tier))
            for level, tier in TIER_OF_LEVEL.items()
        ],
        default=F("tier"),
        output_field=CharField(),
    )


def gave_from(level, day) -> Exists:
    """Say whether whoever handed the case out leads this level over its place: that is who checks."""
    place = ExpressionWrapper(OuterRef("grid_path"), output_field=CharField())
    held = Post.objects.held_on(day).filter(user=OuterRef("handed_by"), role__in=leading(level))
    return Exists(held.alias(place=place).filter(place__startswith=F("path")))


class Choice(NamedTuple):
    """One cut through what waits, by name; `when` is asked with a moment."""

    name: str
    label: str
    when: Callable


# fmt: off
IN_WHOSE_HANDS = (
    Choice("office", "等人办的",    lambda at: HAS_PLACE),
    Choice("unit",  "等单位办",     lambda at: IN_HANDS),
    Choice("level", "等本级安排",   lambda at: HAS_PLACE & ~IN_HANDS),
    *[Choice(place.name, f"等{place.what}", lambda at, place=place: lies_at(place)) for place in PLACES],
)
HOW_LATE = (
    Choice("yes",   "已超时",           lambda at: Q(next_mark_at__lt=at)),
    Choice("no",    "没有超时",         lambda at: Q(next_mark_at__gte=at)),
    Choice("level", "上报等过了时间",   lambda at: Q(raised_at__isnull=False, state=State.ACCEPTED) & Q(Exists(open_waits(due_at__lt=at)))),
)
# fmt: on
CHOICE_OF_HANDS = {choice.name: choice for choice in IN_WHOSE_HANDS}
CHOICE_OF_LATE = {choice.name: choice for choice in HOW_LATE}


def narrow_to_places(cases, at, *, tier="", waits="", late="", mark="") -> QuerySet:
    """Keep the open cases that wait on this level, for this, are late so, and have this mark next; an empty cut keeps all."""
    if tier:
        cases = cases.filter(HAS_PLACE).alias(on_level=level_of(local_day(at))).filter(on_level=tier)
    if waits:
        cases = cases.filter(CHOICE_OF_HANDS[waits].when(at))
    if mark:
        cases = cases.filter(next_mark=mark)
    return cases.filter(CHOICE_OF_LATE[late].when(at)) if late else cases


class Heap(NamedTuple):
    """What waits on one level with one unit, or (unit "") with whoever arranges it: how many for what, how many late."""

    tier: str
    unit: str
    unit_name: str
    parts: dict
    count: int
    late: int
    too_long: int
    oldest: datetime | None


def heaps_of(cases, at) -> list[Heap]:
    """Return the heaps of these open cases, level by level as the table says, units by kind and place: one statement."""
    found = {}
    for row in counts_by_place(cases, at):
        found.setdefault((row["on_level"], row["in_unit"]), []).append(row)
    order = {level.tier.value: place for place, level in enumerate(LEVELS)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1] is not None, *rank_of_unit(found[key][0])))
    return [heap_of(*key, found[key]) for key in keys]


def counts_by_place(cases, at) -> list[dict]:
    """Return how many wait on each level in each unit's hands for each thing."""
    late = {name: Count("pk", filter=CHOICE_OF_LATE[name].when(at)) for name in ("yes", "level")}
    of_unit = {name: When(If(IN_HANDS, then=F(f"unit__{field}"))) for name, field in UNIT_FIELDS.items()}
    rows = cases.filter(HAS_PLACE).annotate(on_level=level_of(local_day(at)), waits_for=WAITS_FOR, **of_unit)
    rows = rows.order_by().values("on_level", "waits_for", *of_unit)
    return list(
        rows.annotate(count=Count("pk"), late=late["yes"], too_long=late["level"], oldest=Min(WAITING_SINCE))
    )


UNIT_FIELDS = {"in_unit": "slug", "unit_name": "name", "unit_kind": "kind", "unit_path": "path"}


def rank_of_unit(row) -> tuple:
    return tuple(row[name] or "" for name in ("unit_kind", "unit_path", "unit_name"))


def heap_of(tier, unit, rows) -> Heap:
    parts = {row["waits_for"]: row["count"] for row in rows}
    sums = {name: sum(row[name] for row in rows) for name in ("count", "late", "too_long")}
    oldest = min((row["oldest"] for row in rows if row["oldest"]), default=None)
    return Heap(tier, unit or "", rows[0]["unit_name"] or "", parts, oldest=oldest, **sums)
