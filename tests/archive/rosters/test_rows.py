"""Rows that belong together: the same person again, a household at one door, a child and who answers for it."""

import pytest

from tests.archive.rosters.roster_files import (
    FIELDS,
    HEADINGS,
    HOME,
    checked,
    reasons,
    row,
    taken,
    verdicts,
    workbook,
)
from tests.factories import building, household, person
from yige.archive.models import Household, Person
from yige.archive.people import sealing
from yige.archive.rosters import columns, reading, row_facts


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_unknown_grid_is_refused_and_a_wrong_one_doubted(here):
    headings, fields = [*HEADINGS, "微网格"], FIELDS | {"微网格": "grid"}
    rows = [
        [*row(), "网格zz-js-9-1"],
        [*row(name="李示例", phone="19900000002"), "没有的网格"],
        [*row(name="赵示例", phone="19900000003"), "网格zz-js-9x"],
    ]

    run = checked(here, rows, headings=headings, fields=fields)

    assert verdicts(run) == ["new", "refused", "doubtful"]
    assert reasons(run)[1] == "没有名为“没有的网格”的网格，请核对。"


def test_same_person_three_times_comes_in_once(here):
    number = {"identity": "11010519491231002X", "born": "", "sex": "女"}
    rows = [
        row(**number),
        row(**number, name="王示列"),
        row(**number, address="向阳小院3号楼2单元601"),
        row(name="李示例", phone="19900000002"),
        row(name="李示例", phone="19900000002", address="向阳小院3号楼2单元602"),
        row(name="李示例", phone=""),
    ]

    run = taken(here, rows)

    assert verdicts(run) == ["new", "refused", "refused", "new", "refused", "refused"]
    assert reasons(run)[1] == "和第 2 行是同一个人（身份号码相同），一个人只导入一次。"
    assert reasons(run)[5] == "和第 5 行是同一个人（姓名和住址相同），一个人只导入一次。"
    assert Person.objects.count() == 2


def test_building_has_the_entrances_and_floors_it_has(here):
    block = building(here)
    block.units, block.floors = 2, 6
    block.save()

    run = checked(here, [row(address="向阳小院3号楼3单元501"), row(name="李示例", phone="", address="向阳小院3号楼2单元701"), row(name="赵示例", phone="", address="向阳小院3号楼501")])  # fmt: skip

    assert reasons(run) == [
        "“向阳小院3号楼”只有 2 个单元，地址写的是 3 单元，请核对。",
        "“向阳小院3号楼”只有 6 层，地址写的是 7 层，请核对。",
        "“向阳小院3号楼”有 2 个单元，地址没有写是哪个单元。",
    ]


def test_child_stays_out_with_the_guardian(here):
    person(here, household(here, room="101"), "王试例", birth_year=1958, phone="19900000001")
    rows = [row(), row(name="王小示", born="2016", phone="", relation="孙辈", head="王示例")]

    run = checked(here, rows)

    assert verdicts(run) == ["doubtful", "refused"]
    assert reasons(run)[1] == "监护人那一行（第 2 行）没有导入，孩子也没有导入。"


def test_child_above_the_guardian_and_with_a_phone_comes_in_without_it(here):
    rows = [row(name="王小示", born="2016", relation="孙辈", head="王示例"), row()]

    taken(here, rows)

    child = Person.objects.select_related("guardian").get(birth_year=2016)
    assert (child.phone_sealed, child.guardian.birth_year) == (None, 1958)


def test_two_households_at_one_door_are_told_apart_by_their_heads(here):
    rows = [
        row(head="王示例"),
        row(name="赵示例", phone="19900000003", head="赵示例"),
        row(name="钱示例", phone="", relation="配偶", head="赵示例"),
        row(name="孙示例", phone="", relation="其他", head=""),
    ]

    run = taken(here, rows)

    assert verdicts(run) == ["new", "new", "new", "doubtful"]
    assert sorted(one.people.count() for one in Household.objects.all()) == [1, 2]


@pytest.mark.parametrize("cell", ["=A1", " =SUM(1)", "#N/A", "#VALUE!"])
def test_formula_that_a_csv_holds_as_text_is_no_content(cell):
    said = row_facts.read_row(2, {"name": cell.strip(), "address": HOME}, 2026)

    assert said.fault == f"“{cell.strip()}”是公式或公式出的错，不是内容，请粘贴成数值再导入。"


def test_formula_of_a_workbook_counts_with_its_result(here):
    def formula(page):
        page.write_row(0, 0, HEADINGS)
        page.write_row(1, 0, row())
        page.write_formula(1, 0, '="王"&"示例"', None, "王示例")
        return 2

    run = taken(here, [], blob=workbook([], headings=None, before=formula))

    assert sealing.open_value(Person.objects.get(), "name") == "王示例"
    assert verdicts(run) == ["new"]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_template_is_a_roster_that_comes_in(here, kind):
    building(here, estate="铝城家园")
    blob = columns.template(kind)

    run = taken(here, [], blob=blob, fields=columns.guess(reading.headings(blob, None)))

    assert verdicts(run) == ["new"] * 3
