"""The roll of who may vote in and out as a sheet: first a plan with every fault by its row, then the roll, whole or not at all.

A row of the sheet is a home. `谁的` joins homes into one right, as in the roll that is pasted; out it says the number of
the right and no name. A row 合计 holds the area that all rows must add up to.
"""

from typing import NamedTuple

from yige.archive.models import Home
from yige.deliberation.ballots import waiting_vote
from yige.deliberation.decision_rules import area_words
from yige.deliberation.roll_lines import (
    MOST_HOMES,
    RollFault,
    RollLine,
    check_rows,
    plain_area,
    read_area,
)
from yige.lib import sheets
from yige.lib.own_sheets import read_own_sheet
from yige.lib.typed_text import half_width

HEADINGS = ("门牌", "登记面积", "谁的")
TOTAL = "合计"
LONGEST_ROLL = MOST_HOMES + 1


class RollPlan(NamedTuple):
    """What taking a sheet in would write: its lines, what is wrong, which doors no file knows, whether a total was compared."""

    lines: list[RollLine]
    faults: list[RollFault]
    unknown: list[str]
    has_total: bool

    @property
    def area(self) -> str:
        return area_words(sum(line.area for line in self.lines))


def export(row) -> bytes:
    """Write the roll of a deliberation; without one the homes on file of its place, whose areas are still to be filled in."""
    vote = waiting_vote(row) or row.votes.filter(is_secret=False).first()
    if vote is None:
        cells = [[door, "", ""] for door in doors_on_file(row.path)[:MOST_HOMES]]
    else:
        rights = list(vote.rights.all())
        cells = [
            [door, plain_area(area), f"{right.number} 号"]
            for right in rights
            for door, area in right.homes or [(right.doors, right.area)]
        ]
        cells.append([TOTAL, plain_area(sum(right.area for right in rights)), ""])
    return sheets.write_xlsx(HEADINGS, cells, sheet="名册")


def read_plan(blob, *, row) -> RollPlan:
    """Read a sheet and say what taking it in would write, and every fault by its row; nothing is written."""
    rows = read_own_sheet(blob, HEADINGS, most=LONGEST_ROLL)
    cells = [
        (each.number, [half_width(each.cells.get(heading) or "").strip() for heading in HEADINGS])
        for each in rows
    ]
    totals = [(number, said) for number, said in cells if said[0] == TOTAL]
    lines, faults = check_rows((number, said) for number, said in cells if said[0] != TOTAL)
    faults += total_faults(totals, sum(line.area for line in lines)) if not faults else []
    known = set(doors_on_file(row.path, both=True))
    return RollPlan(lines, faults, [line.door for line in lines if line.door not in known], bool(totals))


def total_faults(totals, area) -> list[RollFault]:
    """Return a fault for a total that the rows do not add up to."""
    found = [
        RollFault(number, TOTAL, f"各行加起来是 {area_words(area)}，和合计写的对不上。")
        for number, said in totals
        if read_area(said[1]) != area
    ]
    return found + [RollFault(number, TOTAL, "合计只写一行。") for number, _ in totals[1:]]


def doors_on_file(path, *, both=False) -> list[str]:
    """Return the doors of the homes of a place as they are written; with `both` also without the compound."""
    homes = (
        Home.objects.filter(grid_path__startswith=path)
        .select_related("building")
        .order_by("building", "unit", "room")
    )
    doors = [f"{home.building}{home.door}" for home in homes]
    return doors + [f"{home.building.name}{home.door}" for home in homes] if both else doors
