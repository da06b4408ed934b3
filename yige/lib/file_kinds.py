"""What a file is that was sent as a sheet, by its first bytes: said by name where it is none."""

import io
import re
import zipfile

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|meta|body|table)\b", re.IGNORECASE)
_SHEET_OF_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
SAVE = "请用表格软件打开，另存为 xlsx 或 csv 再传。"
A_PAGE = f"这个文件其实是网页，只是名字像表格。{SAVE}"
OF_2003 = f"这个文件是 2003 年的 XML 表格。{SAVE}"
A_PDF = "这个文件是 PDF，里面没有能读的表格。请找原来的表格，存为 xlsx 或 csv 再传。"
A_DOCUMENT = "这个文件是文字文档，不是表格。请把里面的表格粘到表格软件里，存为 xlsx 再传。"
A_PICTURE = "这个文件是图片，读不出表格。请找原来的表格，存为 xlsx 或 csv 再传。"
AN_ARCHIVE = "这个文件是压缩包，请解开以后再传里面的表格。"
_BY_FIRST_BYTES = (
    (b"%PDF", A_PDF),
    (b"{\\rtf", A_DOCUMENT),
    (b"\xff\xd8\xff", A_PICTURE),
    (b"\x89PNG", A_PICTURE),
    (b"GIF8", A_PICTURE),
    (b"Rar!", AN_ARCHIVE),
    (b"7z\xbc\xaf", AN_ARCHIVE),
    (b"\x1f\x8b", AN_ARCHIVE),
)


def no_sheet(blob: bytes) -> str:
    """Say in a sentence what this file is if it is known and is no sheet; "" when it may be one."""
    for first, sentence in _BY_FIRST_BYTES:
        if blob.startswith(first):
            return sentence
    if blob.startswith(b"PK\x03\x04"):
        return _in_a_zip(blob)
    head = blob[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith(b"<"):
        return OF_2003 if _SHEET_OF_2003 in head else A_PAGE if _PAGE.search(head) else ""
    return ""


def _in_a_zip(blob):
    try:
        names = zipfile.ZipFile(io.BytesIO(blob)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""  # a broken one has a sentence of its own
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return ""
    return A_DOCUMENT if any(name.startswith("word/") for name in names) else AN_ARCHIVE
