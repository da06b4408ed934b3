"""Rows and sheets of an xlsx that are hidden: they are read like the others, so that nobody should be surprised by them."""

import io
import re
import zipfile
from html import unescape

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")
_PIECE = 1 << 20
_TAG = 4096  # bytes of the longest tag that is looked for across two pieces
_ATTRIBUTE = re.compile(r"\b(?:\w+:)?(\w+)=\"([^\"]*)\"")
_MOST_NAMED = 20


def hidden_rows(blob: bytes, sheet: str = "") -> list[int]:
    """Return the numbers of the hidden rows that hold something, on this sheet or the first; [] for other kinds of files."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as book:
            path = _path(book, sheet)
            if path is None:
                return []
            with book.open(path) as page:
                return _hidden(page)
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError):
        return []


def rows_in_words(numbers: list[int]) -> str:
    """第 3、5、6 行; of many only the first are named."""
    named = "、".join(str(number) for number in numbers[:_MOST_NAMED])
    return f"第 {named} 行{'等' if len(numbers) > _MOST_NAMED else ''}"


def _path(book, sheet):
    """Return where the sheet of this name lies in the file, or the first one; None when there is none."""
    pages = _tags(book, "xl/workbook.xml", "sheet")
    link = next((page.get("id") for page in pages if not sheet or page.get("name") == sheet), None)
    for each in _tags(book, "xl/_rels/workbook.xml.rels", "Relationship"):
        if link and each.get("Id") == link:
            return "xl/" + each.get("Target", "").removeprefix("/xl/")
    return None


def _tags(book, path, name):
    """Yield the attributes of the tags of this name, {name without its prefix: text}."""
    for tag in re.finditer(rf"<(?:\w+:)?{name}\b[^>]*>", book.read(path).decode("utf-8", "replace")):
        yield {found[1]: unescape(found[2]) for found in _ATTRIBUTE.finditer(tag[0])}


def _hidden(page):
    numbers, rest = [], b""
    while piece := page.read(_PIECE):
        piece, whole = rest + piece, 0
        for tag in _ROW.finditer(piece):
            whole = tag.end()
            if _HIDDEN.search(tag[0]) and not tag[0].endswith(b"/>") and (number := _NUMBER.search(tag[0])):
                numbers.append(int(number[1]))
        rest = piece[max(whole, len(piece) - _TAG) :]
    return numbers
