"""A sheet of a month as its page shows it: units in the order of the tree, never by a figure; what changed since."""

from typing import NamedTuple

from django.db.models import QuerySet

from yige.accounts.models import Unit
from yige.assessment import readers
from yige.assessment.scorecard import Scorecard, scorecard
from yige.console.assessment.rows.unit_lines import cell
from yige.month_sheets import frozen_figures
from yige.month_sheets.definition import indicators_of
from yige.month_sheets.models import SheetRow


class SheetLine(NamedTuple):
    name: str
    slug: str
    cells: list
    card: Scorecard


class ChangedLine(NamedTuple):
    """A row that would count otherwise now: its unit, its number, and what of it changed, in words."""

    unit: str
    number: str
    what: str


def lines_by_kind(sheet, user, at) -> list[tuple[str, list[SheetLine]]]:
    """Return the units that this person reads, by kind; a frozen sheet names them as they were called."""
    told = frozen_figures.figures_of(sheet, reach_of(sheet, user, at))
    weighed = sheet.definition["weights"] if sheet.frozen_at else None
    kinds = {}
    for unit in units_told(sheet, told, user, at):
        figures = told[unit["pk"]]
        line = SheetLine(
            unit["name"], unit["slug"], [cell(each) for each in figures.values()], scorecard(figures, weighed)
        )
        kinds.setdefault(unit["kind_label"], []).append(line)
    return list(kinds.items())


def reach_of(sheet, user, at):
    return readers.frozen_reach(user, at) if sheet.frozen_at else readers.reach(user, at)


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
    """Return the rows that would count otherwise now, of the units that this person reads."""
    if not sheet.frozen_at:
        return []
    changes = frozen_figures.changes_since(sheet, readers.frozen_reach(user, at))
    ids = {change.row.unit_id for change in changes}
    names = dict(Unit.objects.filter(readers.told_to(user, at), pk__in=ids).values_list("pk", "name"))
    return [
        ChangedLine(names[each.row.unit_id], each.row.number or "走访时答应的", changed_words(sheet, each))
        for each in changes
        if each.row.unit_id in names
    ]


def changed_words(sheet, change) -> str:
    """Say what of a row changed, by the labels that the sheet keeps."""
    if change.was is None:
        return "定表以后才算进这个月"
    if change.now is None:
        return "现在不算进这个月了"
    labels = {each.name: each.label for each in indicators_of(sheet.definition)}
    told = [
        f"{labels.get(name, name)}：{YES_NO[change.was.get(name)]}，现在{YES_NO[change.now.get(name)]}"
        for name in {**change.was, **change.now}
        if change.was.get(name) != change.now.get(name)
    ]
    return "；".join(told) or "现在算别的单位的"


class KeptLine(NamedTuple):
    """A kept row behind a frozen figure."""

    number: str
    what: str
    day: object
    met: str


def kept_rows(sheet, unit, name, user, at) -> QuerySet:
    """Return the rows that a frozen figure of a unit was counted from, within the reader's reach."""
    rows = SheetRow.objects.filter(readers.frozen_reach(user, at), sheet=sheet, unit=unit, met__has_key=name)
    return rows.order_by("day", "number", "id")


def kept_lines(page, name) -> list[KeptLine]:
    return [
        KeptLine(row.number, row.category or "走访时答应的", row.day, YES_NO[row.met[name]]) for row in page
    ]


YES_NO = {True: "是", False: "否", None: "不在里面"}
