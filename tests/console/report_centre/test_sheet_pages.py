"""The rooms of the report centre: asked, answered, listed, looked at, made and taken; what is wrong is said in its place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import life, reported
from tests.report_centre.sheets import BY_UNIT, asked, listed
from yige.cases.models import Case
from yige.lib.local_time import local_day
from yige.report_centre import writing
from yige.report_centre.models import AskedSheet, SheetFile, SheetRequest, TypedCell

NEW = "/console/sheets/requests/new/"


def now():
    return timezone.now()


def said(here, **more):
    return {
        "unit": here.street_unit.pk, "name": "路灯月报", "asker": "区城管局", "inside": "", "basis_kind": "decision",
        "basis": "区政府办 3 号文", "cells": "每盏灯什么时候修好", "rhythm": "monthly", "minutes": "45", **more,
    }  # fmt: skip


def view_said(here, **more):
    until = local_day(now()) + timedelta(days=100)
    return {
        "grouping": "rows", "columns": ["number", "reported_at"], "span": "this_month", "moment": "reported_at",
        "rhythm": "monthly", "due_day": "1", "owner": here.desk.pk, "until": f"{until:%Y-%m-%d}", "words": "每月取",
        "typed": "", **more,
    }  # fmt: skip


def test_a_request_is_written_down_refused_by_its_rule_and_read_with_it(desk, here):
    response = desk.post(NEW, said(here))
    request = SheetRequest.objects.get()
    page = f"/console/sheets/requests/{request.pk}/"
    assert response.headers["Location"] == page

    wrong = desk.post(f"{page}refuse/", {"refusal": "no_marks", "words": ""})
    assert wrong.status_code == 422 and "请填写这一项" in wrong.text
    desk.post(f"{page}refuse/", {"refusal": "no_marks", "words": "这张表没有批准文号，不填。"})

    text = desk.get(page).text
    assert "这张表没有批准文号，不填。" in text and "统计法" in text and "按规定不填" in text
    assert "按规定不填" in desk.get("/console/sheets/").text


def test_what_is_wrong_with_a_request_stands_in_its_place_and_the_words_stay(desk, here):
    response = desk.post(NEW, said(here, basis="", asker="", minutes="0", cells="要全部<b>"))

    assert response.status_code == 422
    assert "请写是哪个单位来要的" in response.text and "请写 1 到 2000 的整数" in response.text
    assert "要全部&lt;b&gt;" in response.text
    assert (
        desk.post(NEW, said(here, basis="")).text.count("请写是哪一部、哪一份") == 2
    )  # above and in its place
    assert not SheetRequest.objects.exists()


def test_a_request_is_listed_with_its_first_lines_seen_before(desk, here):
    case = reported(here, at=now())
    request = asked(here, at=now())
    form = f"/console/sheets/requests/{request.pk}/list/"

    seen = desk.post(form, view_said(here, preview="1", owner="", until=""))
    assert seen.status_code == 200 and case.number in seen.text
    assert not AskedSheet.objects.exists()
    part = desk.post(
        form, view_said(here, preview="1"), headers={"HX-Request": "true", "HX-Target": "preview"}
    )
    assert case.number in part.text and "<form" not in part.text
    response = desk.post(form, view_said(here))

    sheet = AskedSheet.objects.get()
    assert response.headers["Location"] == f"/console/sheets/{sheet.pk}/"
    assert sheet.columns == ["number", "reported_at"] and sheet.filters == {"moment": "reported_at"}
    page = desk.get(response.headers["Location"]).text
    assert case.number in page and "自己填好，不用手填" in page


@pytest.mark.parametrize(("typed", "sentence"), [
    ({"columns": []}, "请至少选一列"), ({"columns": ["number", "matters"]}, "一件一行的表没有“件数”"),
    ({"grouping": "category", "columns": ["kept__share"]}, "考评的数不能按分类"),
    ({"until": "2020-01-01"}, "请写今天以后的日子"), ({"due_day": "31"}, "请写 1 到 28 的整数"),
    ({"typed": "甲\n甲"}, "“甲”写了两遍"), ({"columns": ["words"]}, "有一列清单里没有"), ({"owner": "x"}, "请选择一项"),
])  # fmt: skip
def test_what_is_wrong_with_a_sheet_stands_in_its_place(desk, here, typed, sentence):
    request = asked(here, at=now())

    refused = desk.post(f"/console/sheets/requests/{request.pk}/list/", view_said(here, **typed))
    looked_at = desk.post(
        f"/console/sheets/requests/{request.pk}/list/", view_said(here, **typed, preview="1")
    )

    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert looked_at.status_code == (422 if {"columns", "grouping"} & set(typed) else 200)
    assert not AskedSheet.objects.exists()


def test_what_exists_is_answered_from_a_sheet_of_the_list(desk, here):
    sheet, request = listed(here, at=now()), asked(here, at=now())
    page = f"/console/sheets/requests/{request.pk}/"
    assert "不能再列，也不能拒绝" in desk.get(page).text

    desk.post(f"{page}exists/", {"sheet": sheet.pk, "words": "从这张表取"})

    assert f'href="/console/sheets/{sheet.pk}/"' in desk.get(page).text
    assert desk.post(f"{page}exists/", {"sheet": sheet.pk, "words": "再说一遍"}).status_code == 409


def test_a_sheet_is_made_seen_on_its_way_and_taken_by_its_reader_alone(desk, here, client):
    reported(here, at=now())
    sheet = listed(here, at=now())
    page = f"/console/sheets/{sheet.pk}/"

    desk.post(f"{page}make/", {"form": "xlsx"})
    assert "正在生成" in desk.get(page).text and 'hx-trigger="every 2s"' in desk.get(page).text
    assert desk.post(f"{page}make/", {"form": "xlsx"}).status_code == 409
    file = SheetFile.objects.select_related("sheet__request", "by").get()
    assert desk.post(f"/console/sheets/files/{file.pk}/").status_code == 409
    writing.write(file, now())

    part = desk.get(page, headers={"HX-Request": "true", "HX-Target": "files"}).text
    assert "下载 xlsx" in part and "every 2s" not in part and "<html" not in part
    taken = desk.post(f"/console/sheets/files/{file.pk}/")
    assert b"".join(taken.streaming_content).startswith(b"PK")
    assert "attachment" in taken.headers["Content-Disposition"]
    client.force_login(here.street_head)
    assert client.post(f"/console/sheets/files/{file.pk}/").status_code == 404
    assert "下载" not in client.get(page).text


def test_cells_by_hand_are_typed_on_the_page_and_counted(desk, here):
    sheet = listed(here, at=now(), view=BY_UNIT, typed=[{"name": "参加人数", "kind": "number"}])
    page = f"/console/sheets/{sheet.pk}/"
    shown = desk.get(page)
    days = {name: shown.context["cells"].initial[name].isoformat() for name in ("first", "after")}
    assert "还差 1 格" in shown.text and "还差 1 格" in desk.get("/console/sheets/").text
    assert desk.post(f"{page}make/").status_code == 422

    wrong = desk.post(f"{page}cells/", {**days, "cell_0": "十二"})
    assert wrong.status_code == 422 and "请写一个数" in wrong.text and "十二" in wrong.text
    desk.post(f"{page}cells/", {**days, "cell_0": "12"})

    assert TypedCell.objects.get().value == "12"
    assert '手填了 <b class="yg-digits">1</b> 格' in desk.get("/console/sheets/typed-cells/").text
    assert "12" in desk.get(f"{page}print/").text


def test_the_rows_behind_a_count_are_as_many_as_it_says(desk, here):
    cases = [reported(here, at=now()) for _ in range(2)]
    sheet = listed(here, at=now(), view={"columns": ["matters"], "grouping": "whole"})

    page = desk.get(f"/console/sheets/{sheet.pk}/?rows=1")

    assert page.context["table"]["lines"] == [["合计", "2"]]
    assert [line[0] for line in page.context["behind"]["lines"]] == [case.number for case in cases]


@pytest.mark.parametrize("grouping", ["whole", "unit", "community", "category", "channel"])
def test_every_count_opens_as_many_rows_as_it_says_in_the_readers_reach(client, here, grouping):
    begun, second = now() - timedelta(seconds=30), timedelta(seconds=1)
    for until, grid in (
        ("handling", here.grid), ("closed", here.grid), ("reported", here.neighbour_grid), ("reported", here.other_street), ("reported", here.street),
    ):  # fmt: skip
        life(here, until, at=begun, every=second, grid=grid)
    Case.objects.filter(state="closed").update(reopen_no=1, return_count=2)
    Case.objects.filter(state="handling").update(next_mark_at=begun)
    columns = ["matters", "still_open", "late", "reopened_once", "returned"]
    request = asked(here, at=now(), inside=here.community_unit)
    sheet = listed(here, at=now(), request=request, view={"columns": columns, "grouping": grouping})

    opened = 0
    for reader in (here.desk, here.grid_head):
        client.force_login(reader)
        page = client.get(f"/console/sheets/{sheet.pk}/")
        cells = [cell for line in page.context["table"]["cells"] for cell in line[1:]]
        assert ("点一个件数" in page.text) == any(query for _, query in cells)
        assert len(cells) >= 5 and {value for value, query in cells if not query} <= {"不单列"}
        for value, query in (cell for cell in cells if cell[1]):
            behind = client.get(f"/console/sheets/{sheet.pk}/{query}").context["behind"]
            assert (behind["count"], len(behind["lines"])) == (int(value), int(value)), query
            opened += int(value)
    assert opened >= 9, "both readers open something"


def test_a_group_without_numbers_opens_nothing_and_neither_do_all_rows_together(client, here):
    life(here, "handling", at=now() - timedelta(minutes=50))
    view = {"columns": ["matters", "kept__of"], "grouping": "unit"}
    request = asked(here, at=now(), unit=here.street_unit, asker="区城管局")
    sheet = listed(here, at=now(), request=request, view=view)
    client.force_login(here.desk)
    page = client.get(f"/console/sheets/{sheet.pk}/")
    asked_for = [
        client.get(f"/console/sheets/{sheet.pk}/?rows=1{more}") for more in ("", "&group=x&count=matters")
    ]

    assert page.context["table"]["cells"] == [[("一个网格", ""), ("不单列", ""), ("不单列", "")]]
    assert "点一个件数" not in page.text
    assert "看全部事项" not in page.text
    assert [answer.context["behind"] for answer in asked_for] == [None, None]


@pytest.mark.parametrize("grouping", ["whole", "unit", "community"])
def test_a_figure_opens_the_rows_that_it_counts_and_no_others(client, here, grouping):
    begun, second = now() - timedelta(seconds=30), timedelta(seconds=1)
    for path in (here.grid.path, here.grid.path, here.neighbour_grid.path):
        case = life(here, "closed", at=begun, every=second)
        case.closings.update(grid_path=path)
    view = {"columns": ["kept__of", "kept__met", "kept__share"], "grouping": grouping}
    request = asked(here, at=now(), inside=here.community_unit)
    sheet = listed(here, at=now(), request=request, view=view)

    opened = 0
    for reader in (here.desk, here.community_head, here.grid_head):
        client.force_login(reader)
        cells = client.get(f"/console/sheets/{sheet.pk}/").context["table"]["cells"]
        for _, (of, address), (met, met_address), _ in (line for line in cells if line[1][1]):
            shown = client.get(address).context["figure"]
            assert (str(shown.of), str(shown.met)) == (of, met), address
            assert len(client.get(met_address).context["page"]) == int(met)
            opened += int(of)
    assert opened >= 3


def test_figures_of_a_week_and_those_that_leave_the_house_open_nothing(client, here):
    for at in (now() - timedelta(seconds=30), now() - timedelta(days=7)):
        life(here, "closed", at=at, every=timedelta(seconds=1))
    client.force_login(here.community_head)
    for request, span in (
        (asked(here, at=now(), inside=here.community_unit), "last_week"),
        (asked(here, at=now(), asker="区城管局"), "this_month"),
    ):
        view = {"columns": ["kept__of"], "grouping": "community"}
        sheet = listed(here, at=now(), request=request, view=view, span=span)
        table = client.get(f"/console/sheets/{sheet.pk}/").context["table"]
        assert table["lines"] and not table["opens_figures"]


def test_a_sheet_is_changed_renewed_and_ended_by_keepers(desk, here, client):
    sheet = listed(here, at=now())
    page, until = f"/console/sheets/{sheet.pk}/", local_day(now()) + timedelta(days=365)

    assert "最多 12 个月" in desk.post(f"{page}renew/", {"until": until + timedelta(days=2)}).text
    desk.post(f"{page}renew/", {"until": until})
    desk.post(f"{page}change/", view_said(here, columns=["category"], until=until))
    sheet.refresh_from_db()
    assert (sheet.until, sheet.columns) == (until, ["category"])
    assert "checked" in desk.get(f"{page}change/").text
    assert "请填写这一项" in desk.post(f"{page}end/", {"words": ""}).text
    desk.post(f"{page}end/", {"words": "区里不再要"})

    assert "区里不再要" in desk.get(page).text and sheet.name in desk.get("/console/sheets/?gone=1").text
    client.force_login(here.grid_head)
    assert client.get(page).status_code == 200
    assert client.post(f"{page}end/", {"words": "我来停"}).status_code == 404


def test_a_reader_sees_the_lines_of_his_reach_on_every_page(client, here):
    case, at = life(here, "handling", at=now() - timedelta(minutes=50)), now()
    sheet = listed(here, at=at, view={"columns": ["number"], "grouping": ""})
    pages = (f"/console/sheets/{sheet.pk}/", f"/console/sheets/{sheet.pk}/print/")

    seen = {}
    for name in ("grid_head", "neighbour_head", "other_desk", "worker"):
        client.force_login(getattr(here, name))
        seen[name] = [(client.get(page).status_code, case.number in client.get(page).text) for page in pages]

    assert seen == {
        "grid_head": [(200, True)] * 2, "neighbour_head": [(200, False)] * 2, "other_desk": [(404, False)] * 2,
        "worker": [(404, False)] * 2,
    }  # fmt: skip


@pytest.mark.parametrize("n", [1, 3])
def test_query_counts(desk, here, n, django_assert_num_queries):
    for _ in range(n):
        reported(here, at=now())
    typed = [{"name": "参加人数", "kind": "number"}]
    about = [asked(here, at=now(), name=f"表{place}") for place in range(n)]
    sheets = [listed(here, at=now(), request=each, typed=typed) for each in about]

    with django_assert_num_queries(16):
        desk.get("/console/sheets/")
    with django_assert_num_queries(8):
        desk.get(f"/console/sheets/{sheets[0].pk}/")
