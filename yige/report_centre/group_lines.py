"""One line for each group: counts of the rows that a view shows, and the figures of assessment by their names."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Case, Count, F, Q, QuerySet, When

from yige.accounts.models import Unit, UnitKind
from yige.assessment import figures, readers
from yige.cases.words import BEFORE_HANDLED, OPEN, Channel, State
from yige.grids.models import Level
from yige.report_centre.columns import COLUMN_BY_NAME
from yige.report_centre.reach import marks_of
from yige.report_centre.row_lines import UNDISPATCHED, area_path, places
from yige.report_centre.told_outside import Pair, cell, told_pair

WHOLE, NO_UNIT = "合计", "还没有派出"
OTHER_TEAMS, ONE_TEAM = "网格（合在一起）", "一个网格"
NO_NUMBERS = "不单列"
FEWEST_TEAMS = 2  # together; the figures of one team that is one person are that person's
NOT_CLOSED = (*BEFORE_HANDLED, State.HANDLED)
HOLDER = Case(
    When(state__in=UNDISPATCHED, then=None), default=F("unit")
)  # a unit that is only likely holds nothing
FIELD = {"unit": "unit", "community": "grid_path", "category": "category__label", "channel": "channel"}


def lines(view, rows, user, at, period) -> Iterator[list]:
    return (cells for _, cells in told_groups(view, rows, user, at, period))


def told_groups(view, rows, user, at, period) -> Iterator[tuple[list, list]]:
    """Yield (keys, cells) of each line; a group that is told without numbers has no keys."""
    counted, figured = group_counts(view, rows, at), group_figures(view, user, at, period)
    for label, keys in groups(view, user, at, {*counted, *figured}):
        if not keys:
            yield [], [label, *(NO_NUMBERS for _ in view.columns)]
            continue
        numbers = sum((counted.get(key, Counter()) for key in keys), Counter())
        meaning = (view.grouping, label, period.first, period.after, *marks_of(user, at))
        yield keys, [label, *(cell_of(view, name, numbers, figured, keys, meaning) for name in view.columns)]


def counted_rows(view, rows, at, keys, name) -> QuerySet:
    """Return the rows that a count of the group with these keys counted."""
    rows = rows.annotate(holder=HOLDER).filter(conditions(at)[name])
    known = [key for key in keys if key is not None]
    if view.grouping == "whole":
        return rows
    if view.grouping == "unit":
        return rows.filter(Q(holder__in=known) | (Q(holder=None) if None in keys else Q(pk__in=[])))
    if view.grouping == "community":
        return rows.filter(in_area(known[0]))
    return rows.filter(**{f"{FIELD[view.grouping]}__in": known})


def in_area(path) -> Q:
    """What lies at a street itself is a line of its own, without the communities below it."""
    whole = path.strip("/").count("/") + 1 >= Level.COMMUNITY
    return Q(grid_path__startswith=path) if whole else Q(grid_path=path)


def cell_of(view, name, numbers, figured, keys, meaning) -> object:
    if COLUMN_BY_NAME[name].of == "count":
        return numbers[name]
    if keys == [None]:
        return None  # what nobody has yet is in no figure of assessment
    indicator, part = name.split("__")
    pairs = [figured[key][indicator] for key in keys if key in figured]
    pair = Pair(sum(each.met for each in pairs), sum(each.of for each in pairs))
    return cell(part, told_pair(pair, indicator, *meaning) if view.outside else pair, view.outside)


def asked_of(view, *kinds) -> list[str]:
    return [name for name in view.columns if COLUMN_BY_NAME[name].of in kinds]


def conditions(at) -> dict[str, Q]:
    """Return which rows each column of counts counts."""
    # fmt: off
    return {
        "matters":       Q(pk__isnull=False),
        "still_open":    Q(state__in=NOT_CLOSED),
        "late":          Q(state__in=OPEN, next_mark_at__lt=at),
        "reopened_once": Q(reopen_no__gt=0),
        "returned":      Q(return_count__gt=0),
    }
    # fmt: on


def group_counts(view, rows, at) -> dict:
    """Return {group: Counter} of the rows; asked only where a column tells a count."""
    if not asked_of(view, "count"):
        return {}
    by = FIELD.get(view.grouping)
    asked = {name: Count("pk", filter=condition) for name, condition in conditions(at).items()}
    rows = rows.order_by().annotate(holder=HOLDER)
    by = "holder" if by == "unit" else by
    found = rows.values(by).annotate(**asked) if by else [rows.aggregate(**asked)]
    counted = {}
    for row in found:
        key = key_of(view, row.pop(by) if by else WHOLE)
        counted.setdefault(key, Counter()).update(row)
    return counted


def group_figures(view, user, at, period) -> dict:
    """Return {group: {indicator: Pair}} as the pages of assessment count them; asked only where a column tells one."""
    if not asked_of(view, "figure"):
        return {}
    by, found = FIELD.get(view.grouping), {}
    reach = (
        readers.reach if by == "unit" else readers.told_reach
    )  # a sum less the units that are told tells the one that is not
    counted = figures.counts(period, reach(user, at), by=(by,) if by else ())
    for values, told_figures in counted.items():
        group = found.setdefault(key_of(view, values[0] if by else WHOLE), {})
        for name, figure in told_figures.items():
            met, of = group.get(name, (0, 0))
            group[name] = Pair(met + figure.met, of + figure.of)
    return found


def key_of(view, value) -> object:
    return area_path(value, Level.COMMUNITY) if view.grouping == "community" else value


def groups(view, user, at, keys) -> list[tuple[str, list]]:
    """Return (label, keys) of each line, in an order that no figure decides."""
    if view.grouping == "whole":
        return [(WHOLE, [WHOLE])]
    if view.grouping == "unit":
        return unit_groups(view, user, at, keys)
    if view.grouping == "community":
        names = places()
        return [(names.get(key, key), [key]) for key in sorted(keys)]
    labels = dict(Channel.choices) if view.grouping == "channel" else {}
    return [(labels.get(key, key), [key]) for key in sorted(keys)]


def unit_groups(view, user, at, keys) -> list[tuple[str, list]]:
    """Each unit by itself, but for teams whose figures are not for this reader: together, and a single one without any."""
    units = Unit.objects.filter(pk__in=[key for key in keys if key]).order_by("kind", "path", "name")
    alone = (
        units.exclude(kind=UnitKind.GRID_TEAM) if view.outside else units.filter(readers.told_to(user, at))
    )
    known = list(alone)
    others = [unit.pk for unit in units if unit not in known]
    found = [(unit.name, [unit.pk]) for unit in known]
    if others:
        found.append((OTHER_TEAMS, others) if len(others) >= FEWEST_TEAMS else (ONE_TEAM, []))
    return [*found, (NO_UNIT, [None])] if None in keys else found
