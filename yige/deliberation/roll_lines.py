"""The roll of who may vote, as it is pasted from the register: one home a line, its door, its area, whose it is. Pure."""

from collections.abc import Iterable
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


class RollFault(NamedTuple):
    """What is wrong with one line, in words."""

    row: int
    name: str
    sentence: str


def read_roll(text: str) -> tuple[list[RollLine], list[str]]:
    """Return the lines of a roll that was pasted, and a sentence for each that cannot stand."""
    typed = enumerate(half_width(text).replace("\t", ",").splitlines(), 1)
    rows = [(number, line.replace("，", ",").split(",")) for number, line in typed if line.strip()]
    lines, faults = check_rows(rows)
    return lines, [
        f"第 {fault.row} 行{fault.name and ' '}{fault.name}：{fault.sentence}" for fault in faults
    ] + ([] if rows else ["名册里还没有一套房。"]) + (
        [f"太多了，最多 {MOST_HOMES} 套房。"] if len(rows) > MOST_HOMES else []
    )


def check_rows(rows: Iterable[tuple[int, list[str]]]) -> tuple[list[RollLine], list[RollFault]]:
    """Return the lines of (number, [door, area, owners]), and what is wrong with each that cannot stand."""
    lines, faults, seen = [], [], {}
    for number, cells in rows:
        door, area, owners = (
            "".join(cells[0].split()),
            *[cell.strip() for cell in (*cells[1:3], "", "")][:2],
        )
        if not door or "," in door or len(cells) > 3:
            faults.append(RollFault(number, "", "一行写一套房，这样写：3号楼2单元501，89.52，甲。"))
        elif door in seen:
            faults.append(RollFault(number, door, f"和第 {seen[door]} 行是同一套房。"))
        elif (hundredths := read_area(area)) is None:
            faults.append(RollFault(number, door, "面积要大于 0，最多两位小数。"))
        else:
            marks = {mark.strip() for mark in owners.split("、") if mark.strip()}
            lines.append(RollLine(door, hundredths, tuple(sorted(marks))))
        seen.setdefault(door, number)
    return lines, faults


def as_text(lines: Iterable[RollLine]) -> str:
    """Write lines as they are pasted."""
    return "\n".join(f"{line.door},{plain_area(line.area)},{'、'.join(line.owners)}" for line in lines)


def plain_area(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def read_area(typed: str) -> int | None:
    """Return hundredths of a square metre, None for what is none."""
    try:
        hundredths = Decimal(typed) * 100
    except InvalidOperation:
        return None
    if not hundredths.is_finite() or hundredths != int(hundredths) or not 0 < hundredths <= LARGEST:
        return None
    return int(hundredths)
