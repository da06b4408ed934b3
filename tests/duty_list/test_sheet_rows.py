"""The duty list as a sheet: faults by their row, nothing half, and what was exported comes in again unchanged."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.duty_list.rows import in_force, proposed, row_on
from tests.factories import MONDAY_NOON, category
from tests.scenes import scene
from tests.whistles.joint import joint_town
from yige.duty_list import sheet_rows
from yige.duty_list.models import DutyRow
from yige.lib import sheets
from yige.lib.local_time import local_day
from yige.lib.refusals import NotSaid

TODAY = local_day(MONDAY_NOON)
NEXT = TODAY + timedelta(days=7)


@scene
def here():
    category()
    return joint_town(factories.town())


def line(**said):
    cells = {"group": "公共设施", "label": "路灯不亮", "lead": "单位bureau", "basis": "街道会定"} | said
    return [str(cells.get(name, "")) for _, name in sheet_rows.COLUMNS]


def plan(here, *rows, by=None):
    blob = sheets.write_xlsx(sheet_rows.HEADINGS, rows)
    return sheet_rows.read_plan(blob, by=by or here.street_head, at=MONDAY_NOON)


def take_in(here, *rows, by=None):
    by = by or here.street_head
    sheet_rows.carry_out(plan(here, *rows, by=by), by=by, at=MONDAY_NOON)


def faults(here, *rows):
    return [(fault.row, fault.sentence) for fault in plan(here, *rows).faults]


def standing():
    fields = (
        "category__label",
        "place_kind",
        "lead__slug",
        "assist_ids",
        "basis",
        "valid_from",
        "valid_until",
        "state",
    )
    return sorted(map(str, DutyRow.objects.values_list(*fields)))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"label": "没有这类"}, "没有这个分类：公共设施没有这类。"),
        ({"label": ""}, "没有这个分类：公共设施（空着）。"),
        ({"place_kind": "马路上"}, "“什么地方”只能写："),
        ({"lead": "没有这家"}, "牵头单位：没有叫“没有这家”的"),
        ({"lead": ""}, "牵头单位还没有写。"),
        ({"lead": "单位station"}, "这个单位不能牵头"),
        ({"assists": "单位water、没有这家"}, "配合单位：没有叫“没有这家”的"),
        ({"assists": "单位water、单位bureau"}, "“单位bureau”已经牵头，不用再写成配合单位。"),
        ({"assists": "单位water、单位water"}, "配合单位“单位water”写了两遍。"),
        ({"basis": ""}, "请写依据"),
        ({"basis": "长" * 301}, "最多写 300 个字。"),
        ({"valid_from": "下个月"}, "从哪天起：“下个月”不是一个日子"),
        ({"valid_from": "2026-02-30"}, "不是一个日子"),
        ({"valid_from": "1026-02-03"}, "这个日子不对"),
        ({"valid_from": "2026-03-01"}, "“从哪天起”：请写今天或以后的日子，空着就是今天。"),
        ({"valid_from": "2024-03-01"}, "“从哪天起”：请写今天或以后的日子，空着就是今天。"),
        ({"valid_from": "2028-03-01"}, "请写一年以内的日子。"),
        ({"valid_until": "2026-03-02"}, "停用的日子要在“从哪天起”之后。"),
    ],
)
def test_a_wrong_row_is_named_by_its_number_and_nothing_is_taken_in(here, said, words):
    found = plan(here, line(place_kind="市政道路"), line(**said))

    assert [(fault.row, words in fault.sentence) for fault in found.faults] == [(3, True)]
    with pytest.raises(NotSaid, match="1 处"):
        sheet_rows.carry_out(found, by=here.street_head, at=MONDAY_NOON)
    assert not DutyRow.objects.exists()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-3-9", date(2026, 3, 9)),
        ("2026/03/09", date(2026, 3, 9)),
        ("2026年3月9日", date(2026, 3, 9)),
        ("２０２６．３．９", date(2026, 3, 9)),
        ("2026-03-09 00:00", date(2026, 3, 9)),
        ("", TODAY),
    ],
)
def test_a_day_is_read_as_people_write_it(here, text, day):
    assert plan(here, line(valid_from=text)).made[0].duty.valid_from == day


def test_a_category_twice_for_a_common_day_is_named_with_the_other_row(here):
    first, second = line(valid_until=NEXT), line(lead="单位water", valid_from=NEXT)
    again = line(lead="单位water", valid_from=NEXT - timedelta(days=1))

    assert faults(here, first, second, line(place_kind="市政道路")) == []
    assert faults(here, first, again) == [(3, "和第 2 行是同一类、同一种地方，日子重叠。")]


def test_a_row_across_a_later_one_is_refused(here):
    in_force(here, valid_from=NEXT)

    assert faults(here, line(lead="单位water")) == [
        (2, f"和已经定的一条日子重叠：从 {NEXT} 起归单位bureau。")
    ]


def test_the_heads_import_decides_and_the_desks_proposes_once(here):
    rows = line(assists="单位water"), line(lead="单位water", place_kind="住户室内")
    take_in(here, *rows, by=here.desk)
    take_in(here, *rows, by=here.desk)
    assert [row.state for row in DutyRow.objects.all()] == ["proposed"] * 2

    take_in(here, *rows)
    assert [row.state for row in DutyRow.objects.all()] == ["in_force"] * 2
    assert row_on(TODAY, kind="home").lead == here.water_unit
    assert row_on(TODAY).assist_ids == [here.water_unit.pk]


def test_a_changed_row_takes_the_place_of_the_old_one_which_stays(here):
    old = in_force(here)
    take_in(here, line(lead="单位water", valid_from=NEXT))

    old.refresh_from_db()
    assert (old.valid_until, row_on(NEXT).lead) == (NEXT, here.water_unit)


def test_what_was_exported_comes_in_again_and_changes_nothing(here):
    in_force(here, assists=[here.water_unit], basis="=1+1 会定")
    in_force(
        here, place_kind="road", valid_from=NEXT, valid_until=NEXT + timedelta(days=1), lead=here.water_unit
    )
    proposed(here, place_kind="home")
    before, later = standing(), MONDAY_NOON + timedelta(days=3)
    rows = DutyRow.objects.filter(state="in_force").select_related("category__parent", "lead")
    found = sheet_rows.read_plan(sheet_rows.export(rows), by=here.street_head, at=later)

    assert (len(found.same), found.made, found.faults) == (2, [], [])
    sheet_rows.carry_out(found, by=here.street_head, at=later)
    assert standing() == before


@pytest.mark.parametrize("assists", ["单位bureau、单位water", "单位water、单位water"])
def test_an_assisting_unit_too_many_is_a_fault_of_a_row_that_stands_too(here, assists):
    row = in_force(here, assists=[here.water_unit])

    assert faults(here, line(assists=assists, valid_from=row.valid_from)) != []


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ([*sheet_rows.HEADINGS[:4], *sheet_rows.HEADINGS[5:]], "表头里少了“配合单位”这一列"),
        ([*sheet_rows.HEADINGS, "备注"], "表头“备注”不认识"),
        ([*sheet_rows.HEADINGS, "配合单位"], "表头“配合单位2”不认识"),
    ],
)
def test_a_column_too_few_or_too_many_is_a_sentence(here, headings, words):
    blob = sheets.write_xlsx(headings, [[*line(), "单位water"][: len(headings)]])

    with pytest.raises(NotSaid, match=words):
        sheet_rows.read_plan(blob, by=here.desk, at=MONDAY_NOON)


@pytest.mark.parametrize("blob", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", "只有,一行".encode()])
def test_what_is_no_sheet_is_a_sentence(here, blob):
    with pytest.raises(NotSaid):
        sheet_rows.read_plan(blob, by=here.desk, at=MONDAY_NOON)
