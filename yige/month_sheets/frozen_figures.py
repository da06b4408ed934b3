"""The figures of a sheet: as they stand now until it is frozen, then counted from its own rows and nothing else."""

from typing import NamedTuple

from django.db.models import Q

from yige.assessment import figures
from yige.assessment.figures import Figure
from yige.assessment.indicators import INDICATORS
from yige.assessment.periods import month_of
from yige.lib.local_time import local_day
from yige.month_sheets.definition import indicators_of
from yige.month_sheets.models import SheetRow

CLOSING, CARD, PROMISE = "closing", "card", "promise"
OF_CASE = ("case", "category")
RELATED = {"closings": OF_CASE, "due": OF_CASE, "promises": ("unit",)}


class Change(NamedTuple):
    """A row that would count otherwise now: what the frozen sheet says stays. None: it did not, or does not, count.

    `row` is the kept one, or what stands now where the sheet has none; `was` and `now` are {indicator: met}.
    """

    row: SheetRow
    was: dict | None
    now: dict | None


def figures_of(sheet, where=None) -> dict:
    """Return the figures of a sheet within a reader's reach: {unit id: {name: Figure}}."""
    return frozen(sheet, where) if sheet.frozen_at else counted_now(sheet, where)


def counted_now(sheet, where=None) -> dict:
    of_street = figures.below(sheet.path) & Q(unit__isnull=False) & (where or Q())
    found = figures.counts(month_of(sheet.first), of_street, by=("unit",))
    return {unit: told for (unit,), told in found.items()}


def frozen(sheet, where=None) -> dict:
    """Count the rows that were kept, by the indicators that were kept with them."""
    kept, found = indicators_of(sheet.definition), {}
    for unit, met in SheetRow.objects.filter(where or Q(), sheet=sheet).values_list("unit", "met"):
        tally = found.setdefault(unit, {each.name: [0, 0] for each in kept})
        for name, meets in met.items():
            tally[name][0] += meets
            tally[name][1] += 1
    return {
        unit: {each.name: Figure(each, *tally[each.name]) for each in kept} for unit, tally in found.items()
    }


def changes_since(sheet, where=None) -> list[Change]:
    """Return the rows of a frozen sheet that a count of today tells otherwise, row by row: sums may hide two of them.

    Of today's indicators only those are asked that the sheet has: what was thought of later changes no row of it.
    """
    kept = {(row.kind, row.row): row for row in SheetRow.objects.filter(where or Q(), sheet=sheet)}
    names = {each.name for each in indicators_of(sheet.definition)}
    asked = [each for each in INDICATORS if each.name in names]
    now = {(row.kind, row.row): row for row in rows_to_keep(sheet, where, asked)}
    found = []
    for key in sorted(kept.keys() | now.keys(), key=str):
        was, stands = kept.get(key), now.get(key)
        if was is None or stands is None or (was.met, was.unit_id) != (stands.met, stands.unit_id):
            found.append(Change(was or stands, was and was.met, stands and stands.met))
    return found


def rows_to_keep(sheet, where=None, indicators=INDICATORS) -> list[SheetRow]:
    """Return the rows behind every figure of the month, each with what it counts for; not saved."""
    found = {}
    for each in indicators:
        asked = (
            each,
            month_of(sheet.first),
            figures.below(sheet.path) & Q(unit__isnull=False) & (where or Q()),
        )
        told, met = figures.rows(*asked), figures.rows(*asked, "met")
        meets = set(met.ledger.values_list("pk", flat=True))
        for row in told.ledger.select_related(*RELATED[each.base]):
            kept = found.setdefault(row.pk, as_kept(sheet, row, each.base))
            kept.met[each.name] = row.pk in meets
        for card in told.cards.select_related("case__category"):
            found.setdefault(card.pk, card_as_kept(sheet, card)).met[each.name] = False
    return list(found.values())


def as_kept(sheet, row, base) -> SheetRow:
    about = {"sheet": sheet, "unit_id": row.unit_id, "grid_path": row.grid_path, "row": row.pk, "met": {}}
    if base == "promises":
        return SheetRow(kind=PROMISE, day=row.due_on, **about)
    return SheetRow(
        kind=CLOSING, number=row.case.number, category=row.category.label, day=local_day(row.at), **about
    )


def card_as_kept(sheet, card) -> SheetRow:
    case = card.case
    return SheetRow(
        sheet=sheet, unit_id=card.unit_id, grid_path=case.grid_path, kind=CARD, row=card.pk, number=case.number,
        category=case.category.label, day=local_day(card.at), met={},
    )  # fmt: skip
