"""What stands in one cell of a sheet: a text stays a text, a number is a number, a day a day; nothing becomes a formula."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from yige.lib.local_time import SHANGHAI

MOST_IN_A_CELL = 32_000
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
FIRST_YEAR = 1900  # a spreadsheet counts days from here
DAY_ZERO = 693_594  # of the spreadsheet, as Python counts days
MOST_OF_A_NUMBER = 10**15  # beyond that a spreadsheet forgets digits
YES_NO = {True: "是", False: "否", None: ""}
PLAIN, HEADING, DAY, MOMENT, SHARE = range(5)  # the looks of cells, by their place in `xlsx_files.STYLES`
_SPECIAL = re.compile(f"[&<>\r_{ILLEGAL.pattern[1:]}")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what a spreadsheet would read as a sign by its number


class Share(float):
    """A part of a whole, 0 … 1: a number that is shown as a percentage."""


def cell_xml(place, value, look=PLAIN) -> str:
    """Return a cell at a place such as B7 as a workbook holds it."""
    kind = type(value)
    if kind is str:
        return text_xml(place, value, look)
    if value is None or kind is bool:
        return text_xml(place, YES_NO[value], look)
    if kind is datetime and value.year > FIRST_YEAR:
        return number_xml(place, moment_number(value), MOMENT)
    if kind is date and value.year > FIRST_YEAR:
        return number_xml(place, value.toordinal() - DAY_ZERO, DAY)
    if isinstance(value, (int, float, Decimal)) and math.isfinite(value) and abs(value) < MOST_OF_A_NUMBER:
        return number_xml(place, float(value) if kind is Share else value, SHARE if kind is Share else look)
    return text_xml(place, plain(value), look)


def text_xml(place, text, look) -> str:
    if not text:
        return ""
    text = text[:MOST_IN_A_CELL]
    if _SPECIAL.search(text):  # one look at what nearly every text is: nothing special
        text = ILLEGAL.sub("", text)
        text = _ESCAPED.sub("_x005F_", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace("\r", "&#13;")
    style = f' s="{look}"' if look else ""
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number_xml(place, number, look) -> str:
    style = f' s="{look}"' if look else ""
    return f'<c r="{place}"{style}><v>{number}</v></c>'


def moment_number(moment) -> float:
    """A spreadsheet knows no zones: a moment as Shanghai's clocks show it, to the minute."""
    here = moment.astimezone(SHANGHAI) if moment.tzinfo else moment
    return here.toordinal() - DAY_ZERO + (here.hour * 60 + here.minute) / 1440


@cache
def column_letters(column) -> str:
    """Return what a spreadsheet calls a column: 0 is A, 26 is AA."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters, column = chr(65 + letter) + letters, column - 1
    return letters


def plain(value) -> str:
    """Return a value as a text that people read."""
    if value is None or isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, Share):
        return f"{value:.1%}"
    if isinstance(value, datetime):
        here = value.astimezone(SHANGHAI) if value.tzinfo else value
        return f"{here:%Y-%m-%d %H:%M}"
    return ILLEGAL.sub("", str(value))
