"""The desk and the queue stay true by themselves: quietly, never under somebody's hands, and they say when they cannot."""

import pytest

from tests.e2e.conftest import OFFICE
from tests.e2e.people import log_in
from tests.factories import reported

PAGES = {"desk": "/console/", "queue": "/console/cases/"}
HALF_A_MINUTE, LONG = 31_000, 200_000


@pytest.fixture
def page(here, visitor):
    opened = visitor(OFFICE)
    log_in(opened, "desk")
    opened.clock.install()
    return opened


def look(page):
    with page.expect_response(lambda answer: "x-yg-refresh" in answer.request.headers):
        page.clock.run_for(HALF_A_MINUTE)


@pytest.mark.parametrize("which", PAGES)
def test_what_is_new_comes_by_itself_and_the_focus_stays(here, page, which):
    first = reported(here, words="楼下路灯不亮")
    page.goto(PAGES[which])
    page.locator(f'[data-yg-refresh] a[href="/console/cases/{first.number}/"]').first.focus()
    second = reported(here, words="楼道里煤气味很大")
    look(page)

    page.locator(f'[data-yg-refresh] a[href="/console/cases/{second.number}/"]').first.wait_for()
    assert page.evaluate("document.activeElement.getAttribute('href')") == f"/console/cases/{first.number}/"


def test_what_is_ticked_waits_and_stays_ticked_and_the_page_says_so(here, page):
    first = reported(here, words="楼下路灯不亮")
    page.goto(PAGES["queue"])
    box = page.get_by_label(f"选中 {first.number}")
    box.check()
    page.locator("h1").first.click()
    second = reported(here, words="楼道里煤气味很大")
    page.clock.run_for(LONG)
    said = page.locator("[data-yg-refresh-said]")
    assert said.inner_text().startswith("您正在选或写，3 分钟没有更新")
    assert page.get_by_text(second.words).count() == 0

    said.click()
    page.get_by_text(second.words).wait_for()
    assert box.is_checked()
    assert page.locator("[data-yg-picked]").inner_text() == "选中 1 件："


def test_rows_of_another_filter_never_come_in(here, page):
    lamp = reported(here, words="楼下路灯不亮")
    page.goto(PAGES["queue"])
    page.get_by_label("查找").first.fill("没有这样的话")
    page.keyboard.press("Enter")
    page.get_by_text("没有符合条件的事项").wait_for()
    look(page)

    assert page.get_by_text("没有符合条件的事项").count() == 1
    assert page.get_by_text(lamp.words).count() == 0


def test_a_page_that_cannot_says_so_and_tries_again_when_asked(here, page):
    page.goto(PAGES["queue"])
    page.route("**/console/cases/", lambda route: route.abort())
    page.clock.run_for(LONG)
    said = page.locator("[data-yg-refresh-said]")
    assert said.inner_text() == "3 分钟没能更新，点此重试"

    page.unroute("**/console/cases/")
    page.troubles.clear()
    said.click()
    said.wait_for(state="hidden")
