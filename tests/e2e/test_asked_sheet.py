"""A sheet for the upper level in the browser, from the wish to the xlsx whose cells are opened."""

from datetime import datetime, timedelta

from django.utils import timezone
from python_calamine import load_workbook

from tests.e2e.conftest import OFFICE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import life
from yige.lib.local_time import local_day
from yige.report_centre import writing
from yige.report_centre.models import SheetFile


def test_a_sheet_for_the_upper_level_from_wish_to_xlsx(visitor, here, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    case = life(here, "handling", at=timezone.now() - timedelta(minutes=55))
    page = visitor(OFFICE)
    log_in(page, "desk")
    page.goto("/console/sheets/")
    page.get_by_role("link", name="登记来要的表").click()
    fill(page, name="路灯月报", asker="区城管局", basis="3 号文", cells="每盏灯什么时候修好", minutes="45")
    choose(page, unit=str(here.street_unit.pk), basis_kind="decision", rhythm="monthly")
    page.get_by_role("button", name="登记", exact=True).click()
    assert (serious(page), too_wide(page)) == ([], 0)

    page.get_by_role("link", name="列入清单").click()
    choose(page, grouping="rows", span="this_month", owner=str(here.desk.pk))
    for column in ("编号", "反映时间", "重办次数"):
        page.get_by_label(column, exact=True).check()
    page.locator("#preview").get_by_text(case.number).wait_for()  # before anything is kept
    fill(
        page,
        until=f"{local_day(timezone.now()) + timedelta(days=200)}",
        typed="参加人数（数）",
        words="每月从平台取",
    )
    page.get_by_role("button", name="列入清单", exact=True).click()
    page.get_by_text("还没有填").wait_for()
    assert (serious(page), too_wide(page)) == ([], 0)
    page.get_by_label("参加人数").fill("12")
    page.get_by_role("button", name="记下", exact=True).click()
    page.get_by_role("button", name="生成 xlsx").click()
    page.locator("#files").get_by_text("正在生成").wait_for()
    writing.write(SheetFile.objects.select_related("sheet__request", "by").get(), timezone.now())

    with page.expect_download() as taken:
        page.get_by_role("button", name="下载 xlsx").click()
    rows = load_workbook(str(taken.value.path())).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("yige · 口径版本")
    number, reported_at, reopened = rows[3][:3]
    assert (number, type(reported_at), reopened) == (case.number, datetime, 0.0)
    assert rows[-1][:2] == ["手填：参加人数", 12.0]


def fill(page, **fields):
    for name, value in fields.items():
        page.locator(f"form [name={name}]").fill(value)


def choose(page, **fields):
    for name, value in fields.items():
        page.locator(f"form [name={name}]").select_option(value)
