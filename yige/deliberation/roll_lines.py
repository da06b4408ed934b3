"""The roll of who may vote, as it is pasted from the register: one home a line, its door, its area, whose it is. Pure."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from yige.lib.typed_text import half_width

MOST_HOMES = 5_000
LARGEST = 10_000_000_00  # 0.01 m²


class RollLine(NamedTuple):
    """`owners` are the marks of those to whom the home belongs, () where the line says none; area in 0.01 m²."""

    door: str
    area: int
    owners: tuple


def read_roll(text: str) -> tuple[list[RollLine], list[str]]:
    """Return the lines of a roll, and a sentence for each that cannot stand."""
    lines, faults, seen = [], [], {}
    for number, typed in enumerate(half_width(text).replace("\t", ",").splitlines(), 1):
        if not typed.strip():
            continue
        cells = [cell.strip() for cell in typed.replace("，", ",").split(",")]
        door, area = "".join(cells[0].split()), read_area(cells[1] if len(cells) > 1 else "")
        if not door or len(cells) > 3:
            faults.append(f"第 {number} 行：一行写一套房，这样写：3号楼2单元501，89.52，甲。")
        elif area is None:
            faults.append(f"第 {number} 行 {door}：面积要大于 0，最多两位小数。")
        elif door in seen:
            faults.append(f"第 {number} 行 {door}：和第 {seen[door]} 行是同一套房。")
        else:
            owners = (
                tuple(sorted({mark.strip() for mark in cells[2].split("、") if mark.strip()}))
                if cells[2:]
                else ()
            )
            lines.append(RollLine(door, area, owners))
        seen.setdefault(door, number)
    if not lines and not faults:
        faults.append("名册里还没有一套房。")
    if len(lines) > MOST_HOMES:
        faults.append(f"太多了，最多 {MOST_HOMES} 套房。")
    return lines, faults


def read_area(typed: str) -> int | None:
    """Return hundredths of a square metre, None for what is none."""
    try:
        hundredths = Decimal(typed) * 100
    except InvalidOperation:
        return None
    if not hundredths.is_finite() or hundredths != int(hundredths) or not 0 < hundredths <= LARGEST:
        return None
    return int(hundredths)
