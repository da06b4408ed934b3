import io
import random
import time
import zipfile
from datetime import UTC, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from yige.lib import sheets
from yige.lib.sheets import NotASheet, SheetRow

HOSTILE = [
    "=1+1",
    "+86 138",
    "-2+3|cmd",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "　＝1+1",
    "＋cmd",
    "－1+2",
    "＠x",
    '=HYPERLINK("http://x")',
    "\r=1",
]


def workbook(rows, *, name="数据", merge=None):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        if merge:
            page.merge_range(*merge)
    return out.getvalue()


def test_xlsx_there_and_back():
    rows = [
        ["路灯不亮", 3, 2.5, None, True, datetime(2026, 11, 22, 6, 5, tzinfo=UTC)],
        ["=1+1", "13812345678", "", "", "", ""],
    ]

    blob = sheets.write_xlsx(["事项", "次数", "均分", "空", "是否", "时间"], rows)

    assert [list(row.cells.values()) for row in sheets.read_sheet(blob)] == [
        ["路灯不亮", "3", "2.5", "", "是", "2026-11-22 14:05:00"],
        ["=1+1", "13812345678", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    "text", [*HOSTILE, "https://example.com", "12345678901234567890", "\x00\x1b\ufffe坏", "x" * 40_000]
)
def test_xlsx_holds_texts_only(text):
    with zipfile.ZipFile(io.BytesIO(sheets.write_xlsx(["甲", "乙"], [[text, text]]))) as archive:
        page = archive.read("xl/worksheets/sheet1.xml")

    assert b"<f>" not in page
    assert b"<hyperlink" not in page
    assert page.count(b't="inlineStr"') == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_formulas_are_harmless(text):
    line = (
        b"".join(sheets.write_csv(["甲", "乙"], [[text, "-12.5"]]))
        .decode("utf-8-sig")
        .splitlines(keepends=True)
    )

    assert "".join(line).split("\r\n", 1)[1].lstrip('"').startswith("'")
    assert "-12.5" in line[-1]
    assert "'-12.5" not in line[-1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_any_office(encoding, delimiter):
    text = f'编号{delimiter}内容\r\n１２{delimiter}"路灯\n不亮，三天"\r\n'

    assert list(sheets.read_sheet(text.encode(encoding))) == [
        SheetRow(2, {"编号": "１２", "内容": "路灯\n不亮，三天"})
    ]


def test_heading_below_a_title_and_merged_cells():
    blob = workbook(
        [["二〇二六年台账"], ["", "反映人", ""], ["序号", "", "电话 *"], [1, "王某", 13812345678.0]],
        merge=(0, 0, 0, 2, "台账"),
    )

    assert list(sheets.read_sheet(blob, known=["序号", "电话"])) == [
        SheetRow(4, {"序号": "1", "反映人": "王某", "电话": "13812345678"})
    ]


def test_headings_twice_get_a_number():
    assert next(sheets.read_sheet("电话,电话,电话\n1,2,3".encode())).cells == {
        "电话": "1",
        "电话2": "2",
        "电话3": "3",
    }


def test_row_numbers_are_those_of_the_sheet():
    blob = workbook([[], [], ["编号", "内容"], [], ["7", "灯"], [], ["8", "水"]])

    assert [(row.number, row.cells["编号"]) for row in sheets.read_sheet(blob)] == [(5, "7"), (7, "8")]


def test_dates_and_numbers_as_people_see_them():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["日期", "时刻", "数"])
        days, moments = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        page.write_number(1, 0, 46348, days)
        page.write_number(1, 1, 46348 + 485 / 1440, moments)
        page.write_number(1, 2, 12.0)

    assert list(next(sheets.read_sheet(out.getvalue())).cells.values()) == [
        "2026-11-22",
        "2026-11-22 08:05:00",
        "12",
    ]


def test_a_million_empty_rows_end_early():
    started = time.monotonic()

    rows = list(sheets.read_sheet(("编号,内容\n1,灯\n" + ",\n" * 1_048_576).encode()))

    assert len(rows) == 1
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("blob", "word"),
    [
        (b"", "空的"),
        (b"PK\x03\x04" + bytes(100), "损坏"),
        (workbook([["编号", "内容"]])[:-300], "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是能读的表格"),
        (b"MZ\x90\x00" + bytes(300), "编码|不是表格"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfe" + random.Random(1).randbytes(500), "图片"),
        ("只有一列\n1\n2\n".encode(), "表头"),
        (bytes(sheets.MOST_BYTES + 1), "太大"),
        (b'a,b\n"' + b"x" * 200_000, "引号"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(blob, word):
    with pytest.raises(NotASheet, match=word):
        list(sheets.read_sheet(blob))


def test_a_zip_bomb_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(9):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", bytes(100_000_000))

    with pytest.raises(NotASheet, match="太大"):
        list(sheets.read_sheet(out.getvalue()))


def test_an_unknown_sheet_is_named():
    with pytest.raises(NotASheet, match="居民"):
        list(sheets.read_sheet(workbook([["编号", "内容"]]), sheet="居民"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(blob):
    try:
        list(sheets.read_sheet(blob))
    except NotASheet as refusal:
        assert str(refusal).endswith("。")


def test_mark_stands_above_below_and_on_every_printed_sheet():
    blob = sheets.write_xlsx(["姓名"], [["王"], ["李"]], above=["谁拿的"], below=["不得转发"], mark="某 & 某")

    with zipfile.ZipFile(io.BytesIO(blob)) as book:
        page = book.read("xl/worksheets/sheet1.xml").decode()
    assert [row[0] for row in load_workbook(io.BytesIO(blob)).get_sheet_by_index(0).to_python()] == [
        "谁拿的", "姓名", "王", "李", "不得转发",
    ]  # fmt: skip
    assert page.count("某 &amp;&amp; 某") == 2  # the head and the foot of a sheet of paper
