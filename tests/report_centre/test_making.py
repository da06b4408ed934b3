"""The file of a sheet: real types, the cells by hand, who may open it, what time does with it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from python_calamine import load_workbook

from tests.factories import MONDAY_NOON
from tests.report_centre.sheets import BY_UNIT, listed
from yige.assessment.periods import month_of
from yige.cases.models import Case
from yige.lib.local_time import local_day
from yige.lib.refusals import Conflict, NotAllowed, NotSaid
from yige.notices.models import Notice
from yige.report_centre import (
    clockwork,
    kept_files,
    making,
    queries,
    typed_cells,
    writing,
)
from yige.report_centre.models import AskedSheet, SheetFile, TypedCell

LATER = MONDAY_NOON + timedelta(hours=6)
TODAY = local_day(MONDAY_NOON)
MARCH = month_of(TODAY)


def made(sheet, by, at=LATER, form="xlsx"):
    file = making.make_file(sheet, by=by, at=at, form=form)
    writing.write(SheetFile.objects.select_related("sheet__request", "by").get(pk=file.pk), at)
    return SheetFile.objects.get(pk=file.pk)


def test_an_xlsx_holds_days_numbers_and_texts_as_what_they_are(here, ledger):
    sheet = listed(
        here,
        typed=[
            {"name": "参加人数", "kind": "number"},
            {"name": "开会", "kind": "day"},
            {"name": "备注", "kind": "text"},
        ],
    )
    values = {"参加人数": "１２", "开会": "2026-03-01", "备注": "=1+1"}
    making.type_cells(sheet, by=here.desk, at=LATER, first=MARCH.first, after=MARCH.after, values=values)

    file = made(sheet, here.desk)

    rows = load_workbook(str(kept_files.file_path(file.stored_name))).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("yige · 口径版本 ") and " · 生成时间 2026-03-02 18:00" in rows[0][0]
    assert rows[2] == ["编号", "分类", "承办单位", "反映时间", "是否超时", "重办次数"]
    assert rows[3][3:] == [datetime.fromisoformat("2026-03-02 12:00"), "否", 0.0]
    assert [row[:2] for row in rows[-3:]] == [
        ["手填：参加人数", 12.0], ["手填：开会", date(2026, 3, 1)], ["手填：备注", "=1+1"],
    ]  # fmt: skip
    assert (file.done, file.total, file.is_working) == (3, 3, False)


def test_a_csv_opens_in_chinese_and_holds_no_formula(here, ledger):
    Case.objects.filter(pk=ledger.inside.pk).update(unit=here.bureau_unit)
    here.bureau_unit.name = "=cmd"
    here.bureau_unit.save()
    sheet = listed(here, view={"columns": ["number", "unit"], "grouping": ""})

    file = made(sheet, here.desk, form="csv")

    blob = kept_files.file_path(file.stored_name).read_bytes()
    text = blob.decode("utf-8-sig").splitlines()
    assert blob.startswith(b"\xef\xbb\xbf")
    assert text[0].startswith("yige · ") and text[1] == "编号,承办单位"
    assert f"{ledger.inside.number},'=cmd" in text


def test_a_file_is_its_readers_alone_and_not_after_the_post_ended(here, ledger):
    sheet = listed(here)
    file = made(sheet, here.desk)

    with pytest.raises(NotAllowed):
        making.fetch_file(file, by=here.street_head, at=LATER)
    assert making.fetch_file(file, by=here.desk, at=LATER) == file
    here.desk.posts.update(until=TODAY)
    del here.desk._posts
    with pytest.raises(NotAllowed):
        making.fetch_file(file, by=here.desk, at=LATER)


def test_one_file_is_made_at_a_time_and_the_worker_may_come_twice(here, ledger):
    sheet = listed(here)
    file = making.make_file(sheet, by=here.desk, at=LATER)

    with pytest.raises(Conflict):
        making.make_file(sheet, by=here.desk, at=LATER)
    row = SheetFile.objects.select_related("sheet__request", "by").get(pk=file.pk)
    for _ in range(2):
        writing.write(row, LATER)

    kept = [path.name for path in kept_files.file_path("x").parent.iterdir()]
    assert kept == [SheetFile.objects.get().stored_name]


def test_what_was_lost_between_asking_and_writing_is_said(here, ledger):
    sheet = listed(here)
    file = making.make_file(sheet, by=here.desk, at=LATER)
    here.desk.posts.update(until=TODAY)

    writing.write(SheetFile.objects.select_related("sheet__request", "by").get(pk=file.pk), LATER)

    assert SheetFile.objects.get().why.startswith("您现在的岗位")


def test_files_are_deleted_after_thirty_days_and_the_line_stays(here, ledger):
    file = made(listed(here, rhythm="once"), here.desk)

    clockwork.wake(LATER + timedelta(days=29))
    assert kept_files.file_path(file.stored_name).exists()
    clockwork.wake(LATER + timedelta(days=31))

    assert not kept_files.file_path(file.stored_name).exists()
    with pytest.raises(Conflict):
        making.fetch_file(SheetFile.objects.get(), by=here.desk, at=LATER + timedelta(days=31))


# ── cells by hand ──


@pytest.mark.parametrize(("kind", "text", "kept"), [
    ("number", "１，２３４", "1234"), ("number", "1,234", "1234"), ("number", "3.50", "3.50"), ("number", "1e999999", ""),
    ("number", "nan", ""), ("number", "十二", ""), ("day", "2026-02-30", ""), ("day", "２０２６-03-01", "2026-03-01"),
    ("day", "0001-01-01", ""), ("text", "  很好 ", "很好"), ("number", "", ""),
])  # fmt: skip
def test_what_is_typed_is_read_or_refused(kind, text, kept):
    value, sentence = typed_cells.read_value(kind, text)

    assert value == kept
    assert bool(sentence) == (not kept and bool(text))


def test_cells_are_named_one_a_line_with_their_kind():
    assert typed_cells.read_names("参加人数\n开会（日期）\n\n备注(字)") == ([
        {"name": "参加人数", "kind": "number"}, {"name": "开会", "kind": "day"}, {"name": "备注", "kind": "text"},
    ], "")  # fmt: skip
    assert typed_cells.read_names("甲\n甲（字）")[1] == "“甲”写了两遍。"


def test_the_counter_counts_cells_of_the_month_by_sheet_and_by_unit(here):
    cells = [{"name": "甲", "kind": "number"}, {"name": "乙", "kind": "number"}]
    sheet = listed(here, view=BY_UNIT, typed=cells)
    days = {"first": MARCH.first, "after": MARCH.after}
    with pytest.raises(NotSaid):
        making.make_file(sheet, by=here.desk, at=LATER)
    making.type_cells(sheet, by=here.desk, at=LATER, values={"甲": "1", "乙": ""}, **days)
    making.type_cells(sheet, by=here.desk, at=LATER, values={"甲": "2", "乙": "3"}, **days)
    with pytest.raises(NotSaid) as refusal:
        making.type_cells(sheet, by=here.desk, at=LATER, values={"甲": "三", "乙": "9"}, **days)

    sheets = [sheet]
    [row], [unit] = (
        queries.counter_by_sheet(sheets, MARCH, MARCH),
        queries.counter_by_unit(sheets, MARCH, MARCH),
    )
    assert (row.now, unit.now, unit.name) == (2, 2, here.street_unit.name)
    assert list(refusal.value.fields) == ["cell_0"]
    assert "by" not in {field.name for field in TypedCell._meta.fields}
    assert made(sheet, here.desk).is_working is False


# ── time ──


def test_the_clock_makes_a_sheet_once_a_round_for_its_owner(here, ledger):
    sheet = listed(here, due_day=2)
    morning = datetime(2026, 3, 2, 22, 35, tzinfo=UTC)  # the third of March in Shanghai

    done = [
        clockwork.wake(moment)["made_sheets"]
        for moment in (MONDAY_NOON - timedelta(days=1), morning, morning)
    ]

    file = SheetFile.objects.select_related("sheet__request", "by").get()
    writing.write(file, morning)
    assert (done, file.by, file.by_clock) == ([0, 1, 0], here.desk, True)
    assert Notice.objects.filter(user_id=here.desk.pk, title=f"报表做好了：{sheet}").count() == 1


def test_the_clock_asks_once_for_the_cells_that_are_missing(here):
    sheet = listed(here, view=BY_UNIT, typed=[{"name": "甲", "kind": "number"}], owner=here.street_head)

    done = [clockwork.wake(LATER + timedelta(days=day))["reminded_sheets"] for day in range(3)]

    assert done == [1, 0, 0]
    assert Notice.objects.filter(user_id=here.street_head.pk, title=f"报表还差 1 格：{sheet}").count() == 1
    assert not SheetFile.objects.exists()


def test_who_can_put_it_right_is_told_once_when_the_owner_has_no_post_any_more(here):
    listed(here)
    here.desk.posts.update(until=TODAY)

    done = [clockwork.wake(LATER + timedelta(days=day))["left_sheets"] for day in range(2)]

    told = Notice.objects.filter(title__startswith="报表没有生成").values_list("user_id", flat=True)
    assert (done, list(told), SheetFile.objects.exists()) == ([1, 0], [here.street_head.pk], False)


def test_a_sheet_that_nobody_renews_is_warned_of_made_no_more_and_goes(here):
    sheet = listed(here, until=TODAY + timedelta(days=40))

    seen = []
    for day in (0, 12, 31, 41, 42, 71):
        done = clockwork.wake(LATER + timedelta(days=day))
        seen.append((day, done["warned_sheets"], done["ended_sheets"]))
    sheet.refresh_from_db()

    assert seen == [(0, 0, 0), (12, 1, 0), (31, 0, 0), (41, 0, 0), (42, 0, 0), (71, 0, 1)]
    assert (sheet.ended_words, AskedSheet.objects.standing().count()) == (clockwork.NOBODY_RENEWED, 0)
    assert {file.first for file in SheetFile.objects.all()} == {MARCH.first, MARCH.after}
    with pytest.raises(Conflict):
        making.make_file(sheet, by=here.desk, at=LATER + timedelta(days=71))
