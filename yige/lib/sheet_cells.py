"""What stands in one cell of a sheet: a text stays a text, a number is a number, a day a day; nothing becomes a formula."""

import re
from datetime import date, datetime
from decimal import Decimal

from yige.lib.local_time import local

MOST_IN_A_CELL = 32_000
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LOOKS = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "share": "0.0%"}
FIRST_YEAR = 1900  # a spreadsheet counts days from here
YES_NO = {True: "是", False: "否", None: ""}


class Share(float):
    """A part of a whole, 0 … 1: a number that is shown as a percentage."""


def write_cell(page, row, column, value, looks) -> None:
    """Write a value as what it is; `looks` are the formats of the workbook by the names of `LOOKS`."""
    if isinstance(value, str):
        page.write_string(row, column, plain(value)[:MOST_IN_A_CELL])
    elif isinstance(value, bool) or value is None:
        page.write_string(row, column, YES_NO[value])
    elif isinstance(value, date) and value.year > FIRST_YEAR:
        look = "moment" if isinstance(value, datetime) else "day"
        page.write_datetime(row, column, on_our_clocks(value), looks[look])
    elif isinstance(value, Share):
        page.write_number(row, column, value, looks["share"])
    elif isinstance(value, (int, float, Decimal)) and abs(value) < 10**15:
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, plain(value)[:MOST_IN_A_CELL])


def on_our_clocks(value) -> date:
    """A spreadsheet knows no zones: a moment as Shanghai's clocks show it, to the minute."""
    if not isinstance(value, datetime):
        return value
    here = local(value) if value.tzinfo else value
    return here.replace(tzinfo=None, second=0, microsecond=0)


def plain(value) -> str:
    """Return a value as a text that people read."""
    if value is None or isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, Share):
        return f"{value:.1%}"
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}" if value.tzinfo else f"{value:%Y-%m-%d %H:%M}"
    return ILLEGAL.sub("", str(value))
