"""What bad input gets: every file and every cell that cannot be taken has its sentence, and nothing comes in half."""

import io
from datetime import date

import pytest
import xlsxwriter

from tests.archive.rosters.roster_files import (
    AT,
    FAMILY,
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
from tests.factories import building
from yige.archive.models import Household, Person, RosterRun
from yige.archive.rosters import actions, columns, reading
from yige.lib.refusals import NotSaid


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# files


@pytest.mark.parametrize(
    ("blob", "said"),
    [
        (b"", "这个文件是空的。"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" * 80, reading.A_PROGRAM),
        (bytes(range(1, 32)) * 40 + bytes(9), "这个文件不是表格，请另存为 xlsx 或 csv 再试。"),
        (b"\x7fELF\x02\x01\x01" + bytes(400), reading.A_PROGRAM),
        (b"PK\x03\x04" + b"no archive" * 20, "这个表格文件已损坏，打不开。"),
        (workbook([]), "表头下面没有内容。"),
    ],
)
def test_file_that_is_no_roster_is_refused_before_anything_is_kept(here, tmp_path, blob, said):
    with pytest.raises(NotSaid) as refused:
        sent(here, blob, name="名册.xlsx")

    assert refused.value.fields == {"file": said}
    assert (RosterRun.objects.count(), list(tmp_path.rglob("*.sealed"))) == (0, [])


def test_two_sheets_are_named_so_that_somebody_chooses(here):
    blob = workbook([GOOD], sheets=("二月", "三月"))

    run = sent(here, blob)

    assert reading.sheets_of(blob) == ["二月", "三月"]
    assert run.sheet == ""


def test_merged_title_and_headings_of_two_lines_are_understood(here):
    def title(page):
        page.merge_range(0, 0, 0, 5, "某某社区居民花名册")
        page.merge_range(1, 0, 2, 0, "姓名")
        page.merge_range(1, 1, 2, 1, "联系电话")
        page.merge_range(1, 2, 1, 5, "家庭住址")
        page.write_row(2, 2, ["小区", "楼栋", "单元", "室"])
        page.write_row(3, 0, ["王示例", "19900000001", "向阳小院", "3", "2", "501"])
        return 4

    blob = workbook([], headings=None, before=title)
    names = reading.headings(blob, None)
    run = checked(here, [], blob=blob, fields=columns.guess(names))

    assert names == ["姓名", "联系电话", "小区", "楼栋", "单元", "室"]
    assert verdicts(run) == ["new"]


def test_a_million_empty_rows_are_not_read(here):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, GOOD)
        page.write_blank(1_048_575, 0, None, book.add_format({"bold": True}))

    run = checked(here, [], blob=out.getvalue())

    assert (run.state, run.total, verdicts(run)) == ("checked", 1, ["new"])


def test_headings_of_another_system_are_mapped_by_hand_and_remembered(here):
    building(here)
    blob = workbook([["王示例", HOME]], headings=["XM", "DZ"])
    first = sent(here, blob, source="另一个系统")
    assert columns.guess(reading.headings(blob, None)) == {}

    actions.map_columns(first, by=here.registrar, at=AT, fields={"XM": "name", "DZ": "address"})

    remembered = RosterRun.objects.select_related("source").get(pk=first.pk).source.columns
    assert columns.guess(reading.headings(blob, None, remembered), remembered) == {
        "XM": "name",
        "DZ": "address",
    }


def test_too_many_rows_are_a_sentence(here, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 2)

    run = checked(here, FAMILY)

    assert (run.state, run.why) == ("failed", reading.TOO_MANY)


# columns


def test_columns_that_are_never_taken_are_named_and_left_out():
    headings = [
        "姓名", "住址", "民族", "宗教信仰", "政治面貌", "婚姻状况", "家庭收入", "是否重点人员", "既往病史", "人员类别", "备注",
    ]  # fmt: skip

    assert columns.never_taken(headings) == headings[2:-1]
    assert columns.guess(headings) == {"姓名": "name", "住址": "address", "备注": "remark"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"地址": "address"}, "请指明哪一列是姓名。"),
        ({"甲": "name", "乙": "name", "丙": "address"}, "“姓名”对上了两列，请只留一列。"),
        ({"甲": "name"}, "请指明哪一列是住址，或者小区、楼栋、室各是哪一列。"),
        ({"甲": "name", "民族": "address"}, "“民族”按规定不导入。"),
    ],
)
def test_columns_that_do_not_do_are_refused(here, fields, said):
    run = sent(here, workbook([GOOD]))

    with pytest.raises(NotSaid) as refused:
        actions.map_columns(run, by=here.registrar, at=AT, fields=fields)

    assert refused.value.fields == {"fields": said}


# cells


# fmt: off
CELLS = [
    ({"born": 21500},                          "new",      1958),   # the number that a spreadsheet keeps for 1958-11-11
    ({"born": "１９５８"},                       "new",      1958),
    ({"born": date(1958, 5, 1).isoformat()},   "new",      1958),
    ({"born": "1958年5月"},                     "new",      1958),
    ({"born": "1958.05"},                      "new",      1958),
    ({"born": "19580501"},                     "new",      1958),
    ({"born": "68岁"},                          "new",      1958),
    ({"born": "", "identity": "11010519491231002X"}, "new", 1949),
    ({"born": "", "identity": "110105491231002"},    "new", 1949),   # 15 digits
    ({"born": "", "identity": "１１０１０５１９４９１２３１００２ｘ"}, "new", 1949),
]
REFUSED = [
    ({"name": ""},                                         "没有姓名。"),
    ({"name": "13800000000"},                              "“姓名”这一格不像姓名，请核对列有没有错开。"),
    ({"name": "=A1"},                                      "“姓名”这一格不像姓名，请核对列有没有错开。"),
    ({"phone": "#REF!"},                                   "“#REF!”是公式或公式出的错，不是内容，请粘贴成数值再导入。"),
    ({"name": "王" * 41},                                   "姓名最多 40 个字。"),
    ({"identity": "110105194912310021", "born": ""},       "身份号码的校验码不对，可能有一位写错了，请核对。"),
    ({"identity": "1101051949", "born": ""},               "身份号码应是 18 位（老号码 15 位），请核对。"),
    ({"identity": "110105194913310022", "born": ""},       "身份号码里的出生日期不对，请核对。"),
    ({"identity": "1.10105E+17", "born": ""},              "身份号码被表格软件当成了数字，后几位已经丢了，请把这一列设为文本后重新填写。"),
    ({"identity": 110105194912310020, "born": ""},         None),
    ({"identity": "11010519491231002X", "born": "1958"},   "身份号码里的出生年是 1949，名册写的是 1958，请核对。"),
    ({"identity": "11010519491231002X", "born": "", "sex": "男"}, "身份号码和性别对不上，请核对。"),
    ({"born": "五八年"},                                     "“五八年”看不出是哪一年出生，请写成 1958 或 1958-05-01。"),
    ({"born": "1830"},                                     "出生年应在 1901 到 2026 之间，请核对。"),
    ({"address": ""},                                      "没有写住址，不知道归到哪一户。"),
    ({"born": "2016", "phone": ""},                        "十四岁以下的孩子要有监护人：这一户没有可以导入的成年户主或配偶，也没有写监护人。"),
]
DOUBTFUL = [
    ({"address": "3-2-501"},                     "地址只有“3-2-501”几个数字，看不出哪个是楼、哪个是单元、哪个是户。"),
    ({"address": "向阳小院9号楼2单元501"},           "没有登记“向阳小院9号楼”这栋楼，请核对地址，或先登记楼栋。"),
    ({"address": "向阳小院3号楼2单元"},              "地址没有写到哪一户。"),
    ({"address": "邻居小院1号楼1单元101"},           "“邻居小院1号楼”不在这次导入的范围里，请核对地址或另选范围。"),
]
# fmt: on


@pytest.mark.parametrize(("said", "verdict", "year"), CELLS)
def test_cells_that_can_be_read_are_read(here, said, verdict, year):
    sex = "女" if "identity" in said else "男"

    run = taken(here, [row(sex=sex, **said)])

    assert verdicts(run) == [verdict], reasons(run)
    assert Person.objects.get().birth_year == year


@pytest.mark.parametrize(("said", "why"), REFUSED)
def test_row_that_cannot_come_in_says_why(here, said, why):
    run = taken(here, [row(**said)])

    assert verdicts(run) == ["refused"]
    assert why is None or reasons(run) == [why]
    assert (Person.objects.count(), Household.objects.count()) == (0, 0)


@pytest.mark.parametrize(("said", "why"), DOUBTFUL)
def test_address_that_is_not_clear_is_listed_not_guessed(here, said, why):
    building(here, path="/zz/js/9x/", estate="邻居小院", name="1号楼")

    run = taken(here, [row(**said)])

    assert (verdicts(run), reasons(run)) == (["doubtful"], [why])
    assert Person.objects.count() == 0
