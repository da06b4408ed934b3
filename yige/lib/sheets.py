"""Spreadsheets in and out: nothing in a cell can become a formula, and no file can eat the memory."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import IO, NamedTuple

from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from yige.lib.file_kinds import no_sheet
from yige.lib.sheet_cells import ILLEGAL, MOST_IN_A_CELL, plain
from yige.lib.typed_text import half_width
from yige.lib.xlsx_files import save_workbook

MOST_BYTES = 60 * 1024 * 1024
MOST_UNPACKED = 800 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_COLUMNS = 200
FIRST_INEXACT = 10**15
MOST_IN_A_FIELD = 130_000  # more is a quotation mark left open
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_EMPTY_ROWS_BEFORE_END = 1_000
NOT_READABLE = "这个文件不是能读的表格，请另存为 xlsx 或 csv 再试。"


class NotASheet(ValueError):
    """The file cannot be read as a sheet; the text is a sentence fit for the page."""


class NoHeading(NotASheet):
    """No row of the sheet looks like its headings."""


class SheetRow(NamedTuple):
    """One row: its number as the spreadsheet shows it, and its cells by heading."""

    number: int
    cells: dict[str, str]


# ── out ──


def write_xlsx(
    headings: Sequence[str],
    rows: Iterable[Sequence],
    *,
    sheet: str = "数据",
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    mark: str = "",
) -> bytes:
    """Write rows as xlsx with bounded memory; every text stays a text, a number is a number, a day a day.

    `above` and `below` are lines around the table; `mark` stands at the head and foot of every printed sheet.
    """
    out = io.BytesIO()
    save_xlsx(out, headings, rows, sheet=sheet, above=above, below=below, mark=mark)
    return out.getvalue()


def save_xlsx(
    out: str | IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence],
    *,
    sheet: str = "数据",
    above: Sequence[str] = (),
    below: Sequence[str] = (),
    mark: str = "",
) -> None:
    """Write the same into a file, by its path or open for writing, row by row."""
    plain_headings = [plain(heading) for heading in headings]
    save_workbook(
        out, plain_headings, rows, sheet=_sheet_name(sheet), above=above, below=below, mark=mark,
    )  # fmt: skip


def write_csv(headings: Sequence[str], rows: Iterable[Sequence]) -> Iterator[bytes]:
    """Write rows as csv that Excel opens in Chinese, piece by piece; formulas are made harmless."""
    yield b"\xef\xbb\xbf" + _csv_line(headings)
    for row in rows:
        yield _csv_line(row)


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula; plain numbers stay."""
    begins = text.lstrip(" \u3000\u00a0\ufeff").startswith(_FORMULA) or text.startswith(_FORMULA)
    return f"'{text}" if begins and not _NUMBER.fullmatch(text) else text


def _csv_line(row) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(plain(value)) for value in row])
    return out.getvalue().encode()


def _sheet_name(text: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "", text)[:31] or "数据"


# ── in ──


def read_sheet(blob: bytes, *, known: Iterable[str] = (), sheet: str | None = None) -> Iterator[SheetRow]:
    """Read an xlsx, xls, ods or csv file row by row under its headings.

    The heading is the first row that holds at least two of the `known` headings (or else two texts);
    rows merged above it are joined to its own words where they are missing.
    """
    if not blob:
        raise NotASheet("这个文件是空的。")
    if len(blob) > MOST_BYTES:
        raise NotASheet(f"文件太大，最多 {MOST_BYTES // 1024 // 1024} MB，请分成几个文件。")
    if sentence := no_sheet(blob):
        raise NotASheet(sentence)
    rows = _workbook_rows(blob, sheet) if _is_workbook(blob) else _csv_rows(blob)
    return _under_headings(rows, frozenset(map(normal_heading, known)))


def sheet_names(blob: bytes) -> list[str]:
    """Return the names of the sheets of a workbook that are shown; a csv file has none."""
    return [page.name for page in _pages(blob) if page.visible == SheetVisibleEnum.Visible]


def hidden_sheets(blob: bytes) -> list[str]:
    """Return the names of the sheets of a workbook that are not shown, and are not read."""
    return [page.name for page in _pages(blob) if page.visible != SheetVisibleEnum.Visible]


def _pages(blob):
    if sentence := no_sheet(blob):
        raise NotASheet(sentence)
    if not _is_workbook(blob):
        return []
    try:
        pages = load_workbook(io.BytesIO(blob)).sheets_metadata
    except (CalamineError, ValueError, OSError) as error:
        raise NotASheet(NOT_READABLE) from error
    return [page for page in pages if page.typ == SheetTypeEnum.WorkSheet]


def normal_heading(text: str) -> str:
    """A heading as we compare it: half width, no spaces, stars or brackets of explanation."""
    return re.sub(r"[\s*:]|\(.*?\)", "", half_width(text))


def _is_workbook(blob: bytes) -> bool:
    if blob[:4] == b"PK\x03\x04":
        _refuse_bomb(blob)
        return True
    return blob[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refuse_bomb(blob: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise NotASheet("这个表格文件已损坏，打不开。") from error
    if unpacked > MOST_UNPACKED:
        raise NotASheet("这个表格解开后太大，请删去空行或分成几个文件。")


def _workbook_rows(blob: bytes, sheet: str | None) -> Iterator[list[str]]:
    try:
        book = load_workbook(io.BytesIO(blob))
        name = sheet or next(iter(book.sheet_names), None)
        if name not in book.sheet_names:
            raise NotASheet(f"表格里没有名为“{sheet}”的工作表。")
        page = book.get_sheet_by_name(name)
    except (CalamineError, ValueError, OSError) as error:
        if isinstance(error, NotASheet):
            raise
        raise NotASheet(NOT_READABLE) from error
    for row in _with_merged(page):
        yield [_read_cell(value) for value in row[:MOST_COLUMNS]]


def _with_merged(page):
    """Yield the rows of a sheet; a cell that is merged over several rows says the same in each of them."""
    below = {}
    for (top, left), (bottom, right) in page.merged_cell_ranges or ():
        if left == right and bottom > top:
            below.setdefault(top, []).append((left, bottom))
    going = {}
    for number, row in enumerate(page.iter_rows()):
        for column, (value, bottom) in list(going.items()):
            if number > bottom:
                del going[column]
            elif column < len(row):
                row[column] = value
        for column, bottom in below.get(number, ()):
            if column < len(row):
                going[column] = row[column], bottom
        yield row


def _csv_rows(blob: bytes) -> Iterator[list[str]]:
    text = _decoded(blob)
    if "\x00" in text[:10_000]:
        raise NotASheet("这个文件不是表格，请另存为 xlsx 或 csv 再试。")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            if max(map(len, row), default=0) > MOST_IN_A_FIELD:
                raise csv.Error("a quotation mark is open")
            yield [_read_cell(value) for value in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise NotASheet("这个 csv 文件读不下去了，可能引号没有成对。") from error


def _decoded(blob: bytes) -> str:
    if blob[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return blob.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return blob.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotASheet("认不出这个文件的文字编码，请另存为 xlsx 再试。")


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(",\t;，", key=first.count)


def _read_cell(value) -> str:
    """A cell as people see it: whole numbers without .0, dates as 2026-11-22.

    A number of 16 digits or more is not what was typed: a spreadsheet keeps 15. It stays 4.10106195809045E+17.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float) and abs(value) >= FIRST_INEXACT:
        return f"{value:.14E}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return ILLEGAL.sub("", str(value)).strip(" \t\u3000\ufeff")[:MOST_IN_A_CELL]


def _under_headings(rows: Iterator[list[str]], known: frozenset[str]) -> Iterator[SheetRow]:
    headings, empty, named_in = None, 0, 0
    above: list[str] = []
    for number, row in enumerate(rows, 1):
        if not any(row):
            empty += 1
            if empty > _EMPTY_ROWS_BEFORE_END:
                return
            continue
        if number > MOST_ROWS:
            raise NotASheet(f"行数太多，最多 {MOST_ROWS} 行，请分成几个文件。")
        empty = 0
        if headings is not None and number == named_in + 1 and known and _is_heading(row, known):
            headings = _headings(row, above)  # a heading of two lines: merged above, its parts below
        elif headings is not None:
            yield SheetRow(number, {name: row[i] if i < len(row) else "" for i, name in headings})
        elif _is_heading(row, known):
            headings, above, named_in = _headings(row, above), row, number
        elif number > 50:
            break
        else:
            above = row
    if headings is None:
        raise NoHeading("没有找到表头，请检查第一行是不是列名。")


def _is_heading(row: list[str], known: frozenset[str]) -> bool:
    if known:
        return len(known.intersection(map(normal_heading, row))) >= min(2, len(known))
    return sum(bool(cell) and not _NUMBER.fullmatch(cell) for cell in row) >= 2


def _headings(row: list[str], above: list[str]) -> list[tuple[int, str]]:
    """Name the columns; an empty one takes the cell above, a repeated one gets a number."""
    named, seen = [], {}
    for i, cell in enumerate(row):
        name = normal_heading(cell) or (normal_heading(above[i]) if i < len(above) else "")
        if name:
            seen[name] = seen.get(name, 0) + 1
            named.append((i, name if seen[name] == 1 else f"{name}{seen[name]}"))
    return named
