"""Things and organisations in and out as a sheet: first a plan with every fault by its row, then the same plan carried out.

Rows that change nothing do nothing, so the same file can be taken in again and again. Nothing is taken in while one row
has a fault. What each column means stands in `exchange_kinds.py`.
"""

from typing import NamedTuple

from django.db import transaction

from yige.archive.places.checks import NOT_YOURS, keeps
from yige.grids.models import Grid
from yige.lib import sheets, typed_text
from yige.lib.own_sheets import read_own_sheet
from yige.lib.refusals import NotSaid, Refusal

MOST_ROWS = 2_000
FIRST = ("code", "since")  # what is told once: an empty cell says nothing against what stands


class Fault(NamedTuple):
    """What is wrong with one row, in words."""

    row: int
    name: str
    sentence: str


class Entry(NamedTuple):
    """One row as it would be taken in: what stands already (or None), its grid, and what the verb is told."""

    row: int
    name: str
    found: object
    grid: object
    said: dict


class Plan(NamedTuple):
    made: list[Entry]
    changed: list[Entry]
    same: list[Entry]
    faults: list[Fault]


def export(kind, user, at, *, form="xlsx") -> bytes:
    """Write what lies within reach as xlsx or csv, in the columns that an import reads."""
    headings, rows = [heading for heading, _ in kind.columns], map(kind.written, kind.rows(user, at))
    return (
        b"".join(sheets.write_csv(headings, rows))
        if form == "csv"
        else sheets.write_xlsx(headings, rows, sheet=kind.label)
    )


def template(kind) -> bytes:
    """Write the headings with one row as an example."""
    return sheets.write_xlsx([heading for heading, _ in kind.columns], [kind.example], sheet=kind.label)


def plan(kind, blob, *, by, at) -> Plan:
    """Read a sheet and say what taking it in would do, and every fault by its row; nothing is written."""
    rows = read_own_sheet(blob, [heading for heading, _ in kind.columns], most=MOST_ROWS)
    grids = {grid.code: grid for grid in Grid.objects.current()}
    standing = kind.standing(kind.rows(by, at))
    found, seen = Plan([], [], [], []), {}
    for row in rows:
        text = {field: clean_cell(row.cells.get(heading) or "") for heading, field in kind.columns}
        try:
            entry = entry_of(kind, row.number, text, grids, standing, by, at)
            first = seen.setdefault(kind.key(entry.said, entry.grid), row.number)
            if first != row.number:
                raise NotSaid(f"和第 {first} 行重复。")
        except Refusal as refusal:
            sentences = refusal.fields.values() or [refusal.sentence]
            found.faults.extend(
                Fault(row.number, text["name"] or text.get("place", ""), said) for said in sentences
            )
        else:
            heap_of(kind, entry, found).append(entry)
    return found


@transaction.atomic
def carry_out(kind, plan, *, by, at) -> None:
    """Do what the plan says, through the verbs, all or nothing."""
    if plan.faults:
        raise NotSaid(f"文件里还有 {len(plan.faults)} 处问题，改好后再导入。")
    for entry in plan.made:
        kind.make(entry.grid, by=by, at=at, **entry.said)
    for entry in plan.changed:
        said = {name: value for name, value in entry.said.items() if name in kind.changes}
        kind.change(entry.found, by=by, at=at, grid=entry.grid, **said)


def clean_cell(text) -> str:
    """Return a cell as it was meant: one line, without the apostrophe that our own csv puts before a formula."""
    text = typed_text.clean_line(text)
    return text[1:] if text.startswith("'") and sheets.harmless(text[1:]) == text else text


def entry_of(kind, number, text, grids, standing, by, at) -> Entry:
    """Return what a row says, checked as its verb would check it."""
    grid = grids.get(typed_text.half_width(text["grid"]))
    if text["grid"] and grid is None:
        raise NotSaid(f"没有编码为 {text['grid']} 的网格。")
    said, grid = kind.read(text, grid, at)
    if not keeps(by, grid.path, at):
        raise NotSaid(f"{grid.name}：{NOT_YOURS}")
    return Entry(number, said["name"], kind.find(said, grid, standing), grid, said)


def heap_of(kind, entry, plan) -> list[Entry]:
    """Return where a row belongs: what is new, what differs, what stands already as the row says."""
    if entry.found is None:
        return plan.made
    before = kind.told(entry.found)
    said = {name: value for name, value in entry.said.items() if value or name not in FIRST}
    same = entry.found.grid_id == entry.grid.pk and all(before[name] == value for name, value in said.items())
    return plan.same if same else plan.changed
