"""Cells that the house cannot know: how they are named on a sheet, and how what is typed into one is read. Pure."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from yige.lib import typed_values
from yige.lib.typed_text import clean_line, half_width
from yige.report_centre.words import CellKind

MOST_CELLS, LONGEST_NAME, LONGEST_VALUE = 20, 30, 100
_KINDS = {kind.label: kind for kind in CellKind}
_KIND_BEHIND = re.compile(rf"^(.*?)\s*[（(]({'|'.join(_KINDS)})[）)]$")
TOO_MANY = f"手填的最多 {MOST_CELLS} 格。能从平台取的，请选列。"
NOT_A_NUMBER, NOT_A_DAY = "请写一个数，例如 12 或 3.5。", "请按 2026-01-31 这样写日期。"


def read_names(text) -> tuple[list[dict], str]:
    """Return the cells of a text, one a line, and what is wrong with it; “参加人数（数）” says the kind, else it is a number."""
    found = []
    for line in filter(None, map(clean_line, text.splitlines())):
        behind = _KIND_BEHIND.match(line)
        name, kind = (behind[1], _KINDS[behind[2]]) if behind else (line, CellKind.NUMBER)
        if not name or len(name) > LONGEST_NAME:
            return found, f"一格的名称最多 {LONGEST_NAME} 个字：“{line[:40]}”。"
        if any(cell["name"] == name for cell in found):
            return found, f"“{name}”写了两遍。"
        found.append({"name": name, "kind": str(kind)})
    return found, TOO_MANY if len(found) > MOST_CELLS else ""


def names_as_text(cells) -> str:
    return "\n".join(f"{cell['name']}（{CellKind(cell['kind']).label}）" for cell in cells)


def read_value(kind, text) -> tuple[str, str]:
    """Return what is kept of what was typed, and what is wrong with it."""
    text = clean_line(text)
    if len(text) > LONGEST_VALUE:
        return "", f"最多写 {LONGEST_VALUE} 个字。"
    if not text or kind == CellKind.TEXT:
        return text, ""
    if kind == CellKind.DAY:
        return read_day(half_width(text))
    return read_number(half_width(text).replace(",", ""))


def read_number(text) -> tuple[str, str]:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return "", NOT_A_NUMBER
    plain = f"{number:f}" if number.is_finite() and abs(number) < 10**12 else ""
    return (plain, "") if plain and len(plain) <= LONGEST_VALUE else ("", NOT_A_NUMBER)


def read_day(text) -> tuple[str, str]:
    day = typed_values.read_day(text)
    return (day.isoformat(), "") if day else ("", NOT_A_DAY)


def value_of(kind, kept) -> object:
    """Return what was kept as what it is, for a cell of a sheet."""
    if kind == CellKind.NUMBER:
        number = Decimal(kept)
        return int(number) if number == number.to_integral_value() else float(number)
    return date.fromisoformat(kept) if kind == CellKind.DAY else kept
