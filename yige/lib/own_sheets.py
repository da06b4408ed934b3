"""A sheet in columns of our own: read whole, or refused with what is wrong with its columns; nothing is left unread."""

from collections.abc import Collection, Sequence

from yige.lib.refusals import NotSaid
from yige.lib.sheets import NotASheet, SheetRow, read_sheet

EMPTY_SHEET = "文件里没有内容，请在表头下面填写，一条一行。"


def read_own_sheet(
    blob: bytes, headings: Sequence[str], *, most: int, needed: Collection[str] | None = None
) -> list[SheetRow]:
    """Return the rows of a file under `headings`, of which `needed` must be there (None: all).

    A column that nobody would read is refused when anything stands in it. Raises NotSaid, with the sentence for `file`.
    """
    rows = []
    try:
        for row in read_sheet(blob, known=headings):
            rows.append(row)
            if len(rows) > most:
                raise sheet_refusal(f"行太多，一次最多 {most} 行，请分成几个文件。")
    except NotASheet as error:
        raise sheet_refusal(str(error)) from error
    if not rows:
        raise sheet_refusal(EMPTY_SHEET)
    check_columns(rows, headings, headings if needed is None else needed)
    return rows


def check_columns(rows: Sequence[SheetRow], headings: Collection[str], needed: Collection[str]) -> None:
    """Refuse a sheet with a column too few, which would be empty in every row, or with words that nobody would read."""
    missing = [heading for heading in needed if heading not in rows[0].cells]
    if missing:
        raise sheet_refusal(f"表头里少了“{'”“'.join(missing)}”这一列；没有内容的也留着空列。")
    filled = dict.fromkeys(heading for row in rows for heading, text in row.cells.items() if text)
    if strange := [heading for heading in filled if heading not in headings]:
        raise sheet_refusal(f"表头“{'”“'.join(strange)}”不认识，里面写的导不进来，请改列名或者删去这一列。")


def sheet_refusal(sentence: str) -> NotSaid:
    return NotSaid(sentence, file=sentence)
