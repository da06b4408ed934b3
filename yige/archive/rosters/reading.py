"""The file of a run as rows: which sheets and headings it has, and what each row says; every bad file is a sentence."""

import re
from collections.abc import Iterator

from yige.archive.rosters import columns, row_facts
from yige.lib import hidden_rows, sheets
from yige.lib.local_time import local_day
from yige.lib.sheets import NoHeading, NotASheet

MOST_ROWS = 300_000
AGE = re.compile("年龄|年纪|岁")
TOO_MANY = f"一个文件最多 {MOST_ROWS // 10_000} 万行，请分成几个文件。"
PROGRAMS = (b"MZ", b"\x7fELF")
A_PROGRAM = "这个文件是一个程序，不是表格，没有打开它。请选花名册文件。"
NO_ROWS = "表头下面没有内容。"


def sheets_of(blob) -> list[str]:
    """Return the names of the sheets that are shown; [] for a csv file. Raises NotASheet."""
    if blob.startswith(PROGRAMS):
        raise NotASheet(A_PROGRAM)
    return sheets.sheet_names(blob)


def headings(blob, sheet, remembered=()) -> list[str]:
    """Return the headings of a sheet, first by what we or the source know, else by the first row of words."""
    return list(_first(blob, sheet, remembered).cells)


def raw(blob, sheet, remembered=()) -> Iterator:
    """Yield the rows as they stand, cells by heading."""
    try:
        yield from _counted(
            sheets.read_sheet(blob, known=columns.KNOWN | set(remembered), sheet=sheet or None)
        )
    except NoHeading:  # before the first row: none of the headings is called as we know it
        yield from _counted(sheets.read_sheet(blob, sheet=sheet or None))


def _counted(rows):
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise NotASheet(TOO_MANY)
        yield row


def rows(run, blob, read=row_facts.read_row) -> Iterator:
    """Yield what each row of a run says; `read=facts.sketch` reads only who lives with whom."""
    chosen, year = run.columns["fields"], local_day(run.at).year
    pairs = list(chosen.items())
    ages = [heading for heading, name in pairs if name == "born" and AGE.search(heading)]
    for row in raw(blob, run.sheet or None, chosen):
        cells = {name: row.cells.get(heading, "") for heading, name in pairs}
        if ages and cells["born"].isdecimal():
            cells["born"] += "岁"  # 58 under 年龄 is an age, under 出生年 a year
        yield read(row.number, cells, year)


def hidden_parts(blob, sheet="") -> list[str]:
    """Say of a file what nobody sees who looks at it: hidden rows, which are read, and hidden sheets, which are not."""
    told = []
    if rows_hidden := hidden_rows.hidden_rows(blob, sheet):
        words = hidden_rows.rows_in_words(rows_hidden)
        told.append(
            f"有 {len(rows_hidden)} 行是隐藏的（{words}），也一样读了。不要导入的话，请从文件里删去。"
        )
    if names := sheets.hidden_sheets(blob):
        told.append(f"有 {len(names)} 张工作表是隐藏的（{'、'.join(names)[:60]}），没有读。")
    return told


def _first(blob, sheet, remembered):
    for row in raw(blob, sheet, remembered):
        return row
    raise NotASheet(NO_ROWS)
