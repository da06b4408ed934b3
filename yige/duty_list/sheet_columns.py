"""The file of the duty list as rows under its own columns, before anything is understood."""

from yige.lib import sheets
from yige.lib.refusals import NotSaid

LONGEST_SHEET = 2_000


def read_rows(blob, headings) -> list[sheets.SheetRow]:
    """Return the rows of a file, or say why they cannot be read."""
    rows = []
    try:
        for row in sheets.read_sheet(blob, known=headings):
            rows.append(row)
            if len(rows) > LONGEST_SHEET:
                raise NotSaid(f"行太多，一次最多 {LONGEST_SHEET} 行，请分成几个文件。")
    except sheets.NotASheet as refusal:
        raise NotSaid(str(refusal)) from refusal
    if not rows:
        raise NotSaid("文件里没有内容，请在表头下面一条一行填写。")
    check_columns(rows, headings)
    return rows


def check_columns(rows, headings) -> None:
    """Refuse a sheet with a column too few, which would empty it in every row, or with words that nobody would read."""
    missing = [heading for heading in headings if heading not in rows[0].cells]
    if missing:
        raise NotSaid(f"表头里少了“{'”“'.join(missing)}”这一列；没有内容的也留着空列。")
    filled = dict.fromkeys(heading for row in rows for heading, text in row.cells.items() if text)
    strange = [heading for heading in filled if heading not in headings]
    if strange:
        raise NotSaid(f"表头“{'”“'.join(strange)}”不认识，里面写的导不进来，请改列名或者删去这一列。")
