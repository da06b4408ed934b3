"""The roll as a sheet: every fault by its row, nothing taken silently, and what goes out comes back as the same rights."""

from datetime import timedelta

import pytest

from tests.factories import MONDAY_NOON
from tests.policy.deliberation import DECIDED, met, owner_of_501, with_roll
from yige.deliberation import queries, roll_sheets, voting
from yige.deliberation.models import VotingRight
from yige.deliberation.roll_lines import as_text
from yige.lib import sheets
from yige.lib.refusals import NotSaid

AT = MONDAY_NOON + timedelta(hours=5)


def sheet(*rows, headings=roll_sheets.HEADINGS):
    return sheets.write_xlsx(headings, rows)


@pytest.fixture
def row(here):
    return met(here, AT, matter="owners_7")


@pytest.mark.parametrize(("rows", "number", "sentence"), [
    ([("3号楼501", "89.52", "甲"), ("3号楼 501", "90", "乙")], 3, "和第 2 行是同一套房"),
    ([("3号楼501", "89.52", ""), ("3号楼502", "0", "")], 3, "面积要大于 0"),
    ([("3号楼501", "八十九", "")], 2, "面积要大于 0"),
    ([("", "89", "甲")], 2, "一行写一套房"),
    ([("3号楼501", "89.52", ""), ("3号楼502", "90", ""), ("合计", "179.51", "")], 4, "各行加起来是 179.52 平方米"),
    ([("3号楼501", "89", ""), ("合计", "89", ""), ("合计", "89", "")], 4, "合计只写一行"),
])  # fmt: skip
def test_a_row_that_cannot_stand_is_said_by_its_number(row, rows, number, sentence):
    (fault,) = roll_sheets.read_plan(sheet(*rows), row=row).faults

    assert fault.row == number and sentence in fault.sentence
    assert not VotingRight.objects.exists()


def test_a_door_no_file_knows_is_named_and_so_is_a_missing_total(here, row):
    owner_of_501(here)
    plan = roll_sheets.read_plan(
        sheet(("向阳小院3号楼2单元501", "89.52", ""), ("3号楼9单元999", "90", "")), row=row
    )

    assert (plan.faults, plan.unknown, plan.has_total, plan.area) == (
        [],
        ["3号楼9单元999"],
        False,
        "179.52 平方米",
    )


@pytest.mark.parametrize("headings", [("门牌", "登记面积"), ("门牌", "面积", "谁的")])
def test_a_sheet_with_other_columns_is_refused(row, headings):
    with pytest.raises(NotSaid):
        roll_sheets.read_plan(sheet(tuple("3号楼501" for _ in headings), headings=headings), row=row)


def test_what_goes_out_comes_back_as_the_same_rights_and_holds_no_name(here):
    person = owner_of_501(here)
    row = with_roll(here, AT)
    before = list(VotingRight.objects.values_list("number", "doors", "area"))
    blob = roll_sheets.export(row)
    plan = roll_sheets.read_plan(blob, row=row)
    voting.write_roll(row, by=here.grid_head, at=AT + DECIDED, roll=as_text(plan.lines))
    cells = [list(each.cells.values()) for each in sheets.read_sheet(blob, known=roll_sheets.HEADINGS)]

    assert (plan.faults, plan.has_total) == ([], True)
    assert list(VotingRight.objects.values_list("number", "doors", "area")) == before
    assert queries.rights_of_household(person.household_id).get().holders.get().person == person
    assert cells[-1] == ["合计", "430.02", ""] and cells[1] == ["3号楼2单元502", "90.00", "2 号"]
    assert not any("甲" in cell for line in cells for cell in line)


def test_without_a_roll_the_homes_on_file_go_out_to_be_filled_in(here, row):
    owner_of_501(here)
    (line,) = roll_sheets.read_plan(roll_sheets.export(row), row=row).faults

    assert line.name == "向阳小院3号楼2单元501" and "面积要大于 0" in line.sentence
