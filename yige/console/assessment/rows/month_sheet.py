"""A sheet of a month as its page shows it: units in the order of the tree, never by a figure; what changed since."""

from typing import NamedTuple

from yige.accounts.models import Unit
from yige.assessment import readers
from yige.assessment.scorecard import Scorecard, scorecard
from yige.console.assessment.rows.unit_lines import cell
from yige.month_sheets import frozen_figures


class SheetLine(NamedTuple):
    name: str
    slug: str
    cells: list
    card: Scorecard


class ChangedLine(NamedTuple):
    name: str
    label: str
    was: str
    now: str


def lines_by_kind(sheet, user, at) -> list[tuple[str, list[SheetLine]]]:
    """Return the units that this person reads, by kind; a frozen sheet names them as they were called."""
    told = frozen_figures.figures_of(sheet, readers.reach(user, at))
    weighed = sheet.definition["weights"] if sheet.frozen_at else None
    kinds = {}
    for unit in units_told(sheet, told, user, at):
        figures = told[unit["pk"]]
        line = SheetLine(
            unit["name"], unit["slug"], [cell(each) for each in figures.values()], scorecard(figures, weighed)
        )
        kinds.setdefault(unit["kind_label"], []).append(line)
    return list(kinds.items())


def units_told(sheet, told, user, at) -> list[dict]:
    """Return what is said of the units that have figures and that this person may read of, in the order of the tree."""
    now = Unit.objects.filter(readers.told_to(user, at), pk__in=told).order_by("kind", "path", "name")
    units = {str(unit.pk): unit for unit in now}
    if not sheet.frozen_at:
        return [as_told(unit, unit.name, unit.get_kind_display()) for unit in units.values()]
    kept = [each for each in sheet.units if each["id"] in units]
    return [as_told(units[each["id"]], each["name"], each["kind_label"]) for each in kept]


def as_told(unit, name, kind_label) -> dict:
    return {"pk": unit.pk, "slug": unit.slug, "name": name, "kind_label": kind_label}


def changed_lines(sheet, user, at) -> list[ChangedLine]:
    """Return the figures that would be counted otherwise now, of the units that this person reads."""
    if not sheet.frozen_at:
        return []
    changes = frozen_figures.changes_since(sheet, readers.reach(user, at))
    ids = {change.unit for change in changes}
    names = dict(Unit.objects.filter(readers.told_to(user, at), pk__in=ids).values_list("pk", "name"))
    return [
        ChangedLine(names[each.unit], each.was.indicator.label, ratio(each.was), ratio(each.now))
        for each in changes
        if each.unit in names
    ]


def ratio(figure) -> str:
    return f"{figure.met}/{figure.of}"
