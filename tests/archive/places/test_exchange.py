"""Things and organisations as a sheet: a plan with every fault by its row, taken in once, the same file again changes nothing."""

from itertools import product

import pytest

from tests.archive.places.test_places import with_check_sign
from tests.factories import MONDAY_NOON
from yige.archive.models import Organisation, Thing
from yige.archive.places import exchange
from yige.archive.places.exchange_kinds import KINDS
from yige.archive.places.organisations import make_organisation
from yige.archive.places.things import make_thing
from yige.lib import sheets
from yige.lib.refusals import NotSaid

AT = MONDAY_NOON
THINGS, SHOPS = KINDS["things"], KINDS["organisations"]


def sheet(kind, *rows):
    return sheets.write_xlsx([heading for heading, _ in kind.columns], rows)


def lamp(code="", category="01037", name="", place="北门", grid="zz-js-9", unit="单位bureau", state="", since="", lon="", lat=""):  # fmt: skip
    return (code, category, name, place, grid, unit, state, since, lon, lat)


def store(
    name="便民超市", kind="商户", code="", grid="zz-js-9", address="", phone="", services="", lon="", lat=""
):
    return (name, kind, code, grid, address, phone, services, lon, lat)


def take(here, kind, *rows):
    plan = exchange.plan(kind, sheet(kind, *rows), by=here.worker, at=AT)
    exchange.carry_out(kind, plan, by=here.worker, at=AT)
    return plan


def heaps(plan):
    return len(plan.made), len(plan.changed), len(plan.same), len(plan.faults)


def test_things_are_taken_in_and_the_same_file_again_changes_nothing(here):
    rows = (lamp(place="北门"), lamp(place="南门", state="破损"), lamp(category="1001"))

    assert heaps(take(here, THINGS, *rows)) == (3, 0, 0, 0)
    assert heaps(take(here, THINGS, *rows)) == (0, 0, 3, 0)

    assert sorted(Thing.objects.values_list("code", "place", "state")) == [
        ("41010601001000001", "北门", "sound"),
        ("41010601037000001", "北门", "sound"),
        ("41010601037000002", "南门", "broken"),
    ]


def test_row_that_differs_is_a_change(here):
    take(here, THINGS, lamp())

    assert heaps(take(here, THINGS, lamp(state="丢失"))) == (0, 1, 0, 0)
    assert Thing.objects.get().state == "lost"


def test_export_taken_in_again_changes_nothing(here):
    make_thing(here.grid, by=here.worker, at=AT, category="01037", unit=here.bureau_unit, place="北门", lon=113.2, lat=34.8)  # fmt: skip
    make_organisation(here.grid, by=here.worker, at=AT, kind="shop", name="便民超市", services="=1+1")

    for kind, form in product((THINGS, SHOPS), ("xlsx", "csv")):
        blob = exchange.export(kind, here.worker, AT, form=form)
        assert heaps(exchange.plan(kind, blob, by=here.worker, at=AT)) == (0, 0, 1, 0)


def test_template_names_every_column_and_its_example_can_be_read(here):
    for kind in (THINGS, SHOPS):
        (row,) = sheets.read_sheet(exchange.template(kind))

        assert list(row.cells) == [sheets.normal_heading(heading) for heading, _ in kind.columns]


def test_every_fault_is_named_by_its_row_and_nothing_is_taken_in(here):
    rows = (
        lamp(place="好的一行"),
        lamp(category="99999"),
        lamp(grid="zz-js-8"),
        lamp(unit="没有这个单位"),
        lamp(place="", state="飞走了"),
        lamp(place=""),
        lamp(since="昨天", place="西门"),
        lamp(lon="东经", place="东门"),
        lamp(place="好的一行"),
        lamp(grid="zz-js-9x", place="邻格"),
        lamp(code="41010601037", place="后门"),
    )

    plan = exchange.plan(THINGS, sheet(THINGS, *rows), by=here.worker, at=AT)

    assert [(fault.row, part(fault.sentence)) for fault in plan.faults] == [
        (3, "请从国家标准的 153 类管理部件里选"), (4, "没有编码为 zz-js-8 的网格"), (5, "没有名为“没有这个单位”的单位"),
        (6, "状态应是：完好、破损、丢失、废弃、移除"), (7, "请写在哪里"), (8, "初始日期请按 2026-01-31 这样填写"),
        (9, "经度应是数字"), (10, "和第 2 行重复"), (11, "网格zz-js-9x：这里不在您的片区"),
        (12, "标识码是 17 位数字：6 位区划、5 位类别、6 位顺序号"),
    ]  # fmt: skip
    with pytest.raises(NotSaid, match="还有 10 处问题"):
        exchange.carry_out(THINGS, plan, by=here.worker, at=AT)
    assert Thing.objects.count() == 0


def part(sentence):
    return sentence.split("，")[0].split("。")[0]


def test_organisations_are_found_by_code_or_by_name_where_one_has_none(here):
    code, other = with_check_sign("91410100MA0000001"), with_check_sign("91410100MA0000002")

    assert heaps(take(here, SHOPS, store())) == (1, 0, 0, 0)
    assert heaps(take(here, SHOPS, store(code=code))) == (0, 1, 0, 0)
    assert heaps(take(here, SHOPS, store("改了名的超市", code=code))) == (0, 1, 0, 0)
    assert heaps(take(here, SHOPS, store("改了名的超市", code=other))) == (1, 0, 0, 0)

    assert sorted(Organisation.objects.values_list("code", "name")) == [
        (code, "改了名的超市"),
        (other, "改了名的超市"),
    ]


@pytest.mark.parametrize(
    "blob", [b"", b"MZ\x90\x00\x03", "没有表头,也没有内容\n".encode(), b"PK\x03\x04broken"]
)
def test_file_that_is_no_sheet_of_this_kind_gets_a_sentence(here, blob):
    with pytest.raises(NotSaid):
        exchange.plan(THINGS, blob, by=here.worker, at=AT)


def test_too_many_rows_are_refused(here, monkeypatch):
    monkeypatch.setattr(exchange, "MOST_ROWS", 2)

    with pytest.raises(NotSaid, match="一次最多 2 行"):
        exchange.plan(
            THINGS,
            sheet(THINGS, lamp("", place="1"), lamp(place="2"), lamp(place="3")),
            by=here.worker,
            at=AT,
        )
