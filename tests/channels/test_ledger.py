import csv
import gzip
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.scenes import scene
from yige.cases import actions, reporters
from yige.cases.models import Case
from yige.channels.ledger import columns
from yige.lib import sheets

ROOT = Path(__file__).parents[2]
PINGSHAN = ROOT.parent / "shared/data/cases_pingshan2018/cases.csv.gz"
MAPPING = """
source = "测试台账"
[columns]
number = "编号"
words = ["标题", "内容"]
reported_at = "时间"
place = ["小区", "楼"]
category = "类别"
grid = "网格"
lon = "经度"
lat = "纬度"
channel = "来源"
name = "反映人"
phone = "电话"
status = "状态"
[otherwise]
category = "other.unsure"
[skip]
status = ["已办结"]
[words.category]
"路灯" = "facilities.street-lamp"
[words.channel]
"12345" = "h12345"
"""
HEADINGS = [
    "编号",
    "标题",
    "内容",
    "时间",
    "小区",
    "楼",
    "类别",
    "网格",
    "经度",
    "纬度",
    "来源",
    "反映人",
    "电话",
    "状态",
]
GOOD = [
    "A1",
    "路灯不亮",
    "三天了",
    "2026-02-01 08:30",
    "梧桐里",
    "3号楼",
    "路灯",
    "",
    "",
    "",
    "12345",
    "王先生",
    "19900000001",
    "办理中",
]


@scene
def town():
    actions.install()
    return factories.town()


@pytest.fixture
def run(town, tmp_path):
    """Run the command over these rows; returns what it printed and the refused rows."""

    def run(*rows, headings=HEADINGS, mapping=MAPPING, xlsx=False, **options):
        grid = town.grid.code
        rows = [
            [
                grid if heading == "网格" and cell == "" else cell
                for heading, cell in zip(headings, row, strict=True)
            ]
            for row in rows
        ]
        file, told = tmp_path / ("old.xlsx" if xlsx else "old.csv"), tmp_path / "mapping.toml"
        told.write_text(mapping, encoding="utf-8")
        if xlsx:
            file.write_bytes(sheets.write_xlsx(headings, rows))
        else:
            file.write_text(_csv(headings, rows), encoding="gb18030")
        out = io.StringIO()
        call_command("import", "cases", str(file), f"--mapping={told}", stdout=out, **options)
        refused = tmp_path / "old-未导入.xlsx"
        return out.getvalue(), list(sheets.read_sheet(refused.read_bytes())) if refused.exists() else []

    return run


def _csv(headings, rows):
    out = io.StringIO()
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue()


def but(changes):
    named = dict(zip(HEADINGS, GOOD, strict=True)) | changes
    return [named[heading] for heading in HEADINGS]


@pytest.mark.parametrize("xlsx", [False, True])
def test_a_row_becomes_a_case(run, town, xlsx):
    said, refused = run(GOOD, xlsx=xlsx)

    case = Case.objects.get()
    assert (case.words, case.place, case.channel) == ("路灯不亮\n三天了", "梧桐里 3号楼", "h12345")
    assert (case.category.slug, case.grid, case.state) == ("facilities.street-lamp", town.grid, "reported")
    assert case.reported_at.isoformat() == "2026-02-01T00:30:00+00:00"
    assert reporters.open_contact(case.reporter)["phone"] == "19900000001"
    assert "共 1 行：导入 1 行。" in said
    assert refused == []


def test_running_again_takes_nothing_twice(run):
    run(GOOD, but({"编号": "A2"}))

    said, _ = run(GOOD, but({"编号": "A2"}), but({"编号": "A3"}))

    assert Case.objects.count() == 3
    assert "导入 1 行，以前已导入 2 行" in said


def test_bad_rows_are_named_and_the_rest_is_taken(run):
    said, refused = run(GOOD, but({"编号": ""}), but({"编号": "A3", "时间": "昨天"}), but({"编号": "A4"}))

    assert Case.objects.count() == 2
    assert "第 3 行：没有编号。" in said
    assert "第 4 行：时间“昨天”认不出来" in said
    assert [row.cells["原因"][:4] for row in refused] == ["没有编号", "时间“昨"]
    assert [row.cells["原表行号"] for row in refused] == ["3", "4"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"标题": "", "内容": " "}, "没有写是什么问题。"),
        ({"内容": "长" * 2001}, "最多写 2000 个字"),
        ({"时间": "2099-01-01"}, "在将来"),
        ({"网格": "没有的网格"}, "网格“没有的网格”不在网格表里。"),
        ({"网格": " ", "经度": "113.29", "纬度": "东边"}, "不是数"),
        ({"网格": " ", "经度": "0", "纬度": "0"}, "不在辖区内"),
        ({"网格": " "}, "没有写是哪个网格"),
        ({"电话": "问门卫"}, "联系电话里有数字和横线以外的字。"),
        ({"编号": "A1"}, "和第 2 行重复"),
    ],
)
def test_what_is_wrong_is_said(run, changes, why):
    said, refused = run(GOOD, but({"编号": "B1"} | changes))

    assert Case.objects.count() == 1
    assert why in said
    assert len(refused) == 1


def test_a_changed_row_is_not_taken_again(run):
    run(GOOD)

    said, _ = run(but({"内容": "五天了"}))

    assert Case.objects.get().words == "路灯不亮\n三天了"
    assert "以前导入过，但内容改了" in said


def test_rows_that_are_over_stay_in_the_old_ledger(run):
    said, refused = run(GOOD, but({"编号": "A2", "状态": "已办结"}))

    assert Case.objects.count() == 1
    assert "台账里已办结，未导入 1 行" in said
    assert refused == []


def test_formulas_scripts_and_controls_stay_words(run):
    run(but({"标题": '=HYPERLINK("http://x")', "内容": "<script>alert(1)</script>\x07😀"}))

    assert Case.objects.get().words == '=HYPERLINK("http://x")\n<script>alert(1)</script>😀'


def test_refused_rows_can_be_mended_and_imported(run, town, tmp_path):
    run(but({"时间": "昨天"}))
    sheet = next(iter(sheets.read_sheet((tmp_path / "old-未导入.xlsx").read_bytes())))
    mended = [sheet.cells[heading] for heading in HEADINGS]
    mended[3] = "2026-02-01"

    run(mended)

    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("mapping", "why"),
    [
        ("source = ", "写得不对"),
        ("[columns]\nnumber='编号'", "请在列对照文件里写 source"),
        ("source='x'\n[columns]\nnumber='编号'", "缺少：words"),
        ("source='x'\n[columns]\nnumber='编号'\nwords='内容'\nnumbr='x'", "不认识：numbr"),
        ("source='x'\nmore=1\n[columns]\nnumber='编号'\nwords='内容'", "不认识这些部分：more"),
        (
            "source='x'\n[columns]\nnumber='编号'\nwords='内容'\nplace='没有的列'",
            "台账里没有这些列：没有的列",
        ),
    ],
)
def test_a_bad_mapping_is_said_before_anything_is_taken(run, mapping, why):
    with pytest.raises(CommandError, match=why):
        run(GOOD, mapping=mapping)

    assert Case.objects.count() == 0


def test_the_example_is_a_mapping():
    out = io.StringIO()
    call_command("import", "cases", "--example", stdout=out)

    assert columns.read_mapping(out.getvalue()).source == "街道12345台账"


@pytest.mark.skipif(
    not PINGSHAN.exists(), reason="真实台账不在旁边（../shared/data/cases_pingshan2018），跳过"
)
def test_a_real_ledger_of_another_district(town, tmp_path):
    file, mapping, out = tmp_path / "cases.csv", tmp_path / "m.toml", io.StringIO()
    with gzip.open(PINGSHAN, "rt", encoding="utf-8-sig") as lines:
        file.write_text("".join(next(lines) for _ in range(401)), encoding="utf-8")
    mapping.write_text(
        f"""
        source = "坪山2018"
        [columns]
        number = "rec_id"
        words = ["type_l1", "type_l2", "type_l3"]
        reported_at = "created_at"
        place = ["street", "community"]
        category = "type_l3"
        channel = "source"
        [otherwise]
        category = "other.unsure"
        channel = "digital"
        grid = "{town.grid.code}"
        [words.category]
        "侵占绿地" = "order.green-damage"
        [words.channel]
        "12345" = "h12345"
        """,
        encoding="utf-8",
    )

    for _ in range(2):
        call_command("import", "cases", str(file), f"--mapping={mapping}", stdout=out)

    assert Case.objects.count() == 400
    assert set(Case.objects.values_list("channel", flat=True)) <= {"digital", "h12345"}
    assert "以前已导入 400 行" in out.getvalue()
