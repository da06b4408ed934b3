"""The one place where numbers of households and people are published: of grids, weekly or monthly, rounded at random.

Every head reads the same number until the next publication. A grid with fewer than `ENOUGH` households is counted with
the others of its community, such a community with the others of its street. What lies below a grid, a micro-grid or a
building, is published by nobody; who visits there opens the files.
"""

import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from yige.archive.labels import LABELS
from yige.archive.models import Home, Household, Label
from yige.archive.words import YesNo
from yige.contact.models import AreaFigure
from yige.contact.models.figures import HOME_FIGURES, VISIT_FIGURES
from yige.contact.plans import LONG_WITHOUT_VISIT
from yige.contact.reach import area_above, below_any, length_of, path_and_above
from yige.grids.models import Level
from yige.lib import small_numbers
from yige.lib.local_time import local_day
from yige.lib.short_cache import ShortCache
from yige.lib.small_numbers import ToldCount

WEEKLY = tuple(name for name, _ in VISIT_FIGURES)
MONTHLY = (*(label.name for label in LABELS), *(name for name, _ in HOME_FIGURES))
HOME_FACTS = {
    "bottled_gas": Q(gas=YesNo.YES),
    "escape_blocked": Q(escape_clear=YesNo.NO),
    "indoor_charging": Q(indoor_charging=YesNo.YES),
}
_kept = ShortCache(60)


class Publication(NamedTuple):
    """What is told of some areas, {path: {name: told}}, and the days of the numbers of visits and of the others.

    `cells` are the areas that numbers were drawn for; what is told of those above them is their sum.
    """

    told: dict
    week: date | None
    month: date | None
    cells: frozenset = frozenset()

    def of(self, path) -> dict[str, ToldCount]:
        return self.told.get(path, {})


def published_below(paths) -> Publication:
    """Return what is published of these areas and of all that lies in them; kept for a minute."""
    return _kept.of(paths, lambda: _read(paths))


def _read(paths):
    rows = AreaFigure.objects.filter(below_any(paths, "path")).order_by()
    parts, days, cells = {}, {}, set()
    for path, name, count, day in rows.values_list("path", "name", "count", "published_on"):
        days[name] = day
        cells.add(path)
        for area in path_and_above(path):
            parts.setdefault(area, {}).setdefault(name, []).append(_told(name, count))
    told = {
        area: {name: small_numbers.together(each) for name, each in names.items()}
        for area, names in parts.items()
    }
    return Publication(told, days.get(WEEKLY[0]), days.get(MONTHLY[0]), frozenset(cells))


def _told(name, count):
    return small_numbers.exact(count) if name == "households" else small_numbers.about(count, base_of(name))


def base_of(name) -> int:
    """Numbers about small children are coarser."""
    return small_numbers.BASE_CHILDREN if name == "infant_care" else small_numbers.BASE


# ── publishing ──


@transaction.atomic
def publish_figures(at, pick: Callable[[int], int] = secrets.randbelow) -> Counter:
    """Publish the numbers of this week and of this month where that is not done yet; `pick(base)` draws one of base."""
    day = local_day(at)
    counts = _visits(at)
    groups = groups_of({cell: row["households"] for cell, row in counts.items()})
    week, month = day - timedelta(days=day.weekday()), day.replace(day=1)
    weekly = _renew(WEEKLY, week, lambda: _drawn_visits(_grouped(counts, groups), pick))
    monthly = _renew(
        MONTHLY, month, lambda: _drawn_facts(_grouped(_facts(at), groups), set(groups.values()), pick)
    )
    _kept.forget()
    return Counter(weekly=weekly, monthly=monthly)


def _renew(names, day, draw):
    """Put these numbers in the place of those of the last time, once for each day of publication."""
    rows = AreaFigure.objects.filter(name__in=names)
    if rows.filter(published_on=day).exists():
        return 0
    rows.delete()
    made = [AreaFigure(path=path, name=name, count=count, published_on=day) for path, name, count in draw()]
    return len(AreaFigure.objects.bulk_create(made, ignore_conflicts=True))


def _drawn_visits(counts, pick):
    for path, row in counts.items():
        met, late = small_numbers.draw_parts(row["households"], (row["met"], row["late"]), pick)
        yield from ((path, "households", row["households"]), (path, "met", met), (path, "late", late))


def _drawn_facts(counts, paths, pick):
    for path in sorted(paths - {""}):
        for name in MONTHLY:
            yield path, name, small_numbers.draw(counts.get(path, {}).get(name, 0), pick, base_of(name))


def groups_of(households: dict[str, int]) -> dict[str, str]:
    """Say of each area with whom it is told: alone, with the rest of the area above it, or (nothing) with nobody."""
    groups = {cell: cell for cell in households}
    for level in (Level.GRID, Level.COMMUNITY, Level.SUBDISTRICT):
        sizes = Counter()
        for cell, place in groups.items():
            sizes[place] += households[cell]
        for cell, place in groups.items():
            if place and length_of(place) == level and sizes[place] < small_numbers.ENOUGH:
                groups[cell] = area_above(place)
    return groups


def _grouped(counts, groups):
    found = {}
    for cell, row in counts.items():
        if place := groups.get(cell):
            found.setdefault(place, Counter()).update(row)
    return found


# ── counting ──


def _visits(at):
    """Return {grid: {households, met, late}}; a household outside all grids is counted where it stands."""
    return _by_cell(visit_rows(Household.objects.all(), at))


def visit_rows(rows, at) -> dict[str, dict[str, int]]:
    """Count households by the area they stand in: all, met lately, not visited for long; one statement."""
    rows = rows.current().order_by().values("grid_path")
    rows = rows.annotate(
        households=Count("pk"),
        met=Count("pk", filter=Q(met_at__gte=at - LONG_WITHOUT_VISIT)),
        late=Count("pk", filter=not_visited_for_long(at)),
    )
    return {row.pop("grid_path"): row for row in rows}


def not_visited_for_long(at) -> Q:
    """Return the condition on households that nobody met or tried to meet for long, and that do not wish otherwise."""
    since = at - LONG_WITHOUT_VISIT
    return (
        Q(made_at__lt=since)
        & (Q(met_at=None) | Q(met_at__lt=since))
        & (Q(tried_at=None) | Q(tried_at__lt=since))
        & (Q(declines_until=None) | Q(declines_until__lt=local_day(at)))
    )


def _facts(at):
    """Return {grid: {name of a label or of a fact about homes: how many}}."""
    held = Label.objects.held_on(local_day(at)).order_by()
    held = held.filter(
        person__removed_at=None, person__merged_into=None, person__household__ended_at=None,
        person__household__isnull=False,
    )  # fmt: skip
    found = {}
    for path, kind, count in held.values_list("person__household__grid_path", "kind").annotate(n=Count("pk")):
        found.setdefault(path, Counter())[kind] += count
    homes = Home.objects.order_by().values("grid_path")
    for row in homes.annotate(**{name: Count("pk", filter=fact) for name, fact in HOME_FACTS.items()}):
        found.setdefault(row.pop("grid_path"), Counter()).update(row)
    return _by_cell(found)


def _by_cell(counts):
    """Add what stands in micro-grids to their grids."""
    found = {}
    for path, row in counts.items():
        found.setdefault(path_and_above(path)[: Level.GRID][-1], Counter()).update(row)
    return found
