"""A workbook with one sheet, written row by row into its archive: the memory does not grow with the rows.

By hand, because a library that keeps each cell for its looks takes four times as long for 100,000 rows.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from yige.lib.sheet_cells import HEADING, PLAIN, cell_xml, column_letters, plain

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = f"""{HEAD}<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{SPREADSHEET}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SPREADSHEET}.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{SPREADSHEET}.styles+xml"/></Types>"""
TOP_LINKS = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK_LINKS = f"""{HEAD}<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>"""
# The looks of cells in the order of `sheet_cells`: plain, heading, day, moment, share.
STYLES = f"""{HEAD}<styleSheet xmlns="{MAIN}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/>
<numFmt numFmtId="166" formatCode="0.0%"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE8F1F2"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
ROWS_AT_ONCE = 200
LONGEST_MARK = 240


def save_workbook(
    out: str | IO[bytes],
    headings: Sequence[str],
    rows: Iterable[Sequence],
    *,
    sheet: str,
    above: Sequence[str],
    below: Sequence[str],
    mark: str,
) -> None:
    """Write a table with lines above and below it; `mark` stands at the head and foot of every printed sheet."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        parts = {
            "[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": TOP_LINKS, "xl/_rels/workbook.xml.rels": BOOK_LINKS,
            "xl/styles.xml": STYLES, "xl/workbook.xml": workbook_xml(sheet, len(above) + 1, mark),
        }  # fmt: skip
        for name, text in parts.items():
            book.writestr(name, text)
        lines = chain(([text] for text in above), [list(headings)], rows, ([text] for text in below))
        with book.open("xl/worksheets/sheet1.xml", "w") as page:
            page.write(page_begin(len(headings), len(above) + 1).encode())
            for piece in pieces(rows_xml(lines, heading=len(above) + 1)):
                page.write(piece.encode())
            page.write(page_end(mark).encode())


def workbook_xml(sheet, headed, mark) -> str:
    titles = "'{}'!$1:${}".format(sheet.replace("'", "''"), headed)
    names = f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{escape(titles)}</definedName>'
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        f'<sheet name={quoteattr(sheet)} sheetId="1" r:id="rId1"/></sheets>'
        f"{f'<definedNames>{names}</definedNames>' if mark else ''}</workbook>"
    )


def page_begin(columns, headed) -> str:
    """Freeze what stands above the table together with its headings."""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        f'<pane ySplit="{headed}" topLeftCell="A{headed + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><cols><col min="1" max="{max(columns, 1)}" width="18" customWidth="1"/></cols><sheetData>'
    )


def page_end(mark) -> str:
    if not mark:
        return "</sheetData></worksheet>"
    text = escape(
        plain(mark).replace("&", "&&")[:LONGEST_MARK]
    )  # one ampersand would be an order to the spreadsheet
    return (
        '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="9"/><headerFooter><oddHeader>&amp;L{text}</oddHeader>'
        f"<oddFooter>&amp;L{text}&amp;R&amp;P/&amp;N</oddFooter></headerFooter></worksheet>"
    )


def rows_xml(lines, *, heading) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        look = HEADING if number == heading else PLAIN
        cells = [
            cell_xml(f"{column_letters(place)}{number}", value, look) for place, value in enumerate(line)
        ]
        yield f'<row r="{number}">{"".join(cells)}</row>'


def pieces(texts) -> Iterator[str]:
    """Join many short texts into some long ones."""
    texts = iter(texts)
    while some := list(islice(texts, ROWS_AT_ONCE)):
        yield "".join(some)
