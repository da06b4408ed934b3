"""Rows as they stand in real rosters: what is meant is read, a cell that is none stays out alone, and nothing is silent."""

import io

import pytest
import xlsxwriter

from tests.archive.rosters.roster_files import (
    FIELDS,
    GOOD,
    HEADINGS,
    HOME,
    checked,
    reasons,
    row,
    sent,
    taken,
    verdicts,
    workbook,
)
from yige.archive.models import Person, RosterRow
from yige.archive.people import sealing
from yige.archive.rosters import dry_run, row_facts
from yige.archive.rosters.relations import relation_of
from yige.archive.words import Relation
from yige.lib import file_kinds, sheets
from yige.lib.refusals import NotSaid

NUMBER = "身份号码没有带入：身份号码被表格软件当成了数字，后几位已经丢了，请把这一列设为文本后重新填写。"
NO_PHONE = "电话没有带入："


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# fmt: off
LEFT = [
    ({"identity": 410106195809045000},          NUMBER),   # a sheet keeps 15 digits; the check sign fits by chance
    ({"identity": 4101061958090450},            NUMBER),
    ({"identity": "000000000000000000"},        "身份号码没有带入：这是占位用的数字，不是身份号码，请核对。"),
    ({"identity": "111111111111111"},           "身份号码没有带入：这是占位用的数字，不是身份号码，请核对。"),
    ({"identity": "123456789012345678"},        "身份号码没有带入：这是占位用的数字，不是身份号码，请核对。"),
    ({"phone": "00000000000"},                  f"{NO_PHONE}这是占位用的数字，不是电话，请核对。"),
    ({"phone": "11111111111"},                  f"{NO_PHONE}这是占位用的数字，不是电话，请核对。"),
    ({"phone": "12345678901"},                  f"{NO_PHONE}这是占位用的数字，不是电话，请核对。"),
    ({"phone": "0371-88888888"},                f"{NO_PHONE}这是占位用的数字，不是电话，请核对。"),
    ({"phone": "1990001000"},                   f"{NO_PHONE}手机号是 11 位，这里有 10 位，请核对。"),
    ({"phone": 37168881234},                    f"{NO_PHONE}这个号码像是座机少了前面的 0，请补上，或核对。"),
    ({"phone": "12000010002"},                  f"{NO_PHONE}手机号没有以 10、11、12 开头的，请核对。"),
    ({"phone": "1.99E+10"},                     f"{NO_PHONE}电话被表格软件当成了数字，请把这一列设为文本后重新填写。"),
    ({"phone": "19900000001/19900000002"},      f"{NO_PHONE}这一格里好像有两个号码，请只留一个。"),
    ({"phone": "123"},                          f"{NO_PHONE}电话应是 11 位手机号，或带区号的座机，请核对。"),
    ({"sex": "王"},                             "性别“王”看不懂，没有带入。"),
    ({"relation": "街坊甲"},                     "和户主的关系“街坊甲”看不懂，按其他记。"),
    ({"name": "王示例（长子）"},                   "姓名后面括号里的“长子”没有带入。"),
    ({"phone": "无", "identity": "/", "relation": "不详", "sex": "-"}, ""),
    ({"phone": "0371-6888 1234"},               ""),
    ({"phone": "400-123-4568"},                 ""),
]
REFUSED = [
    ({"name": "空户"},            "“空户”不是姓名。"),
    ({"name": "不 详"},           "“不详”不是姓名。"),
    ({"name": "刘\ue863\ue000"},  "姓名里有一个自造的字（U+E000），别的电脑认不出，请用系统带的生僻字重新输入。"),
    ({"born": "05"},             "“05”看不出是哪一年出生，请写成四位数。"),
    ({"identity": 410106195809045000, "born": ""}, NUMBER.removeprefix("身份号码没有带入：")),
]
DOUBTFUL = [
    ({"name": "王示例、李示例"},    "“姓名”这一格里好像有两个人，请分成两行，或核对。"),
    ({"name": "王示例 李示例"},    "“姓名”这一格里好像有两个人，请分成两行，或核对。"),
    ({"name": "王示例（已故）"},    "这一行写着“已故”，请核对这个人还在不在这里。"),
]
# fmt: on


def said(**cells):
    """Read one row as a sheet holds it, without the house around it."""
    line = row(**cells)
    blob = workbook([line])
    found = next(iter(sheets.read_sheet(blob, known=set(HEADINGS))))
    return row_facts.read_row(
        found.number, {FIELDS[heading]: text for heading, text in found.cells.items()}, 2026
    )


@pytest.mark.parametrize(("cells", "sentence"), LEFT)
def test_a_cell_that_is_none_stays_out_alone_and_is_said(cells, sentence):
    found = said(**cells)

    assert (found.fault, found.doubt, "".join(found.left)) == ("", "", sentence)
    assert found.name == "王示例" and found.born == 1958 and found.home
    if sentence:
        assert not (set(cells) & {"identity", "phone", "sex"}) or not any(
            getattr(found, name) for name in cells
        )


@pytest.mark.parametrize(("cells", "sentence"), REFUSED)
def test_what_is_no_person_is_refused(cells, sentence):
    found = said(**cells)

    assert found.fault == sentence
    assert not found.child


@pytest.mark.parametrize(("cells", "sentence"), DOUBTFUL)
def test_what_may_be_two_people_or_nobody_is_a_doubt(cells, sentence):
    assert (said(**cells).fault, said(**cells).doubt) == ("", sentence)


@pytest.mark.parametrize(("written", "year"), [("58", 1958), ("58年", 1958), ("00", 2000), ("99", 1999)])
def test_two_digits_under_a_year_are_a_year(written, year):
    assert (said(born=written).born, said(born=written).about) == (year, False)


def test_two_digits_under_an_age_are_an_age(here):
    headings = [heading if heading != "出生年" else "年龄" for heading in HEADINGS]
    fields = {("年龄" if heading == "出生年" else heading): name for heading, name in FIELDS.items()}

    run = taken(
        here, [row(born="68"), row(name="王示二", phone="", born=68)], headings=headings, fields=fields
    )

    assert verdicts(run) == ["new", "new"], reasons(run)
    assert {person.birth_year for person in Person.objects.all()} == {1958}


# fmt: off
RELATIONS = [
    ("之妻", Relation.SPOUSE), ("之子", Relation.CHILD), ("儿媳", Relation.CHILD), ("户主之弟", Relation.SIBLING), ("户主的母亲", Relation.PARENT),
    ("保姆", Relation.OTHER), ("租客", Relation.OTHER), ("女婿", Relation.CHILD), ("12", Relation.SPOUSE), ("31", Relation.CHILD),
    ("41", Relation.GRANDCHILD), ("52", Relation.PARENT), ("73", Relation.SIBLING), ("02", Relation.HEAD), ("长子（在外）", Relation.CHILD),
    ("之", None), ("媳妇", None), ("", None), ("街坊甲", None),
]
# fmt: on


@pytest.mark.parametrize(("words", "relation"), RELATIONS)
def test_relations_are_read_as_rosters_write_them(words, relation):
    assert relation_of(words) == relation


def test_rare_sign_of_an_old_system_is_the_sign_that_it_was(here):
    run = taken(here, [row(name="刘\ue863"), row(name="買買提・示例", phone="", born="1970", relation="")])

    assert verdicts(run) == ["new", "new"], reasons(run)
    assert {sealing.open_value(person, "name") for person in Person.objects.all()} == {"刘䶮", "買買提·示例"}


@pytest.mark.parametrize("dot", "·•・･‧∙⋅●⸱⸳᛫ꞏ․﹒◦")
def test_whatever_dot_was_typed_it_is_the_same_person(dot):
    assert sealing.normal("name", f"买买提{dot}示例") == "买买提·示例"


# files


def book_of(fill):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book, book.add_worksheet("数据"))
    return out.getvalue()


def family(page, rows, *, first=1):
    for number, line in enumerate([HEADINGS, *rows], first - 1):
        for column, value in enumerate(line):
            page.write(number, column, value)


THREE = [
    ["王示例", "", "19900000001", "1958", "男", "户主", "王示例", HOME],
    ["李示例", "", "", "1960", "女", "妻", "", ""],
    ["王示二", "", "", "1985", "男", "之子", "", ""],
]


def test_address_and_head_that_are_merged_over_a_family_hold_for_all_of_it(here):
    def fill(book, page):
        family(page, THREE)
        page.merge_range(1, 6, 3, 6, "王示例")
        page.merge_range(1, 7, 3, 7, HOME)

    run = taken(here, [], blob=book_of(fill))

    assert verdicts(run) == ["new"] * 3, reasons(run)
    assert Person.objects.values("household").distinct().count() == 1


def test_hidden_rows_and_sheets_are_said_on_the_page(here, client):
    def fill(book, page):
        family(page, [row(name=f"王示{sign}", phone="") for sign in "一二三"])
        page.set_row(2, None, None, {"hidden": True})
        page.set_row(900, None, None, {"hidden": True})  # holds nothing
        book.add_worksheet("旧的").hide()

    run = checked(here, [], blob=book_of(fill))
    client.force_login(here.registrar)
    page = client.get(f"/console/rosters/{run.pk}/").text

    assert run.columns["told"] == [
        "有 1 行是隐藏的（第 3 行），也一样读了。不要导入的话，请从文件里删去。", "有 1 张工作表是隐藏的（旧的），没有读。",
    ]  # fmt: skip
    assert all(words in page for words in run.columns["told"])


def test_cells_that_stay_out_are_listed_on_the_page_and_in_the_file(here, client):
    run = taken(here, [row(phone="123"), row(name="王示二", phone="19900000002", born="1960")])
    client.force_login(here.registrar)
    page = client.get(f"/console/rosters/{run.pk}/").text
    listed = list(sheets.read_sheet(dry_run.left_out(run)))

    assert verdicts(run) == ["new", "new"]
    assert list(RosterRow.objects.exclude(left="").values_list("number", flat=True)) == [2]
    assert "有格子没有带入" in page and "电话应是 11 位手机号" in page and "下载这些行和原因" in page
    assert [(line.cells["行号"], line.cells["原因"][:7]) for line in listed] == [("2", "电话没有带入：")]


# fmt: off
NO_SHEETS = [
    (b"<html><body><table><tr><td>\xe5\xa7\x93</td></tr></table>", file_kinds.A_PAGE),
    ("\ufeff<!DOCTYPE html>\n<table>".encode("utf-16"), file_kinds.A_PAGE),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', file_kinds.OF_2003),
    (b"%PDF-1.7 ...", file_kinds.A_PDF),
    (b"\xff\xd8\xff\xe0" + bytes(40), file_kinds.A_PICTURE),
    (b"Rar!\x1a\x07\x00" + bytes(40), file_kinds.AN_ARCHIVE),
]
# fmt: on


@pytest.mark.parametrize(("blob", "sentence"), NO_SHEETS)
def test_a_file_that_is_something_else_is_called_by_its_name(here, blob, sentence):
    with pytest.raises(NotSaid) as refused:
        sent(here, blob, name="名册.xls")

    assert refused.value.fields == {"file": sentence}


def test_no_number_that_a_sheet_has_rounded_is_read_as_it_stands():
    for number in (10**15, 410106195809045000, 4101061958090450, 110105194912310020.0):
        cells = next(iter(sheets.read_sheet(workbook([row(identity=number)]), known=set(HEADINGS)))).cells
        assert "E+" in cells["身份证号"]
    cells = next(iter(sheets.read_sheet(workbook([row(identity=10**15 - 1)]), known=set(HEADINGS)))).cells
    assert cells["身份证号"] == "999999999999999"
    assert GOOD[0] == cells["姓名"]
