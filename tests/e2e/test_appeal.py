"""A figure is objected to in the browser: asked with a reason, decided by another level, read, and frozen as decided."""

from datetime import timedelta

from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import act, life
from yige.accounts.actors import CLOCK
from yige.assessment.periods import month_before, month_of
from yige.lib.local_time import local_day
from yige.month_sheets.models import MonthSheet
from yige.month_sheets.sheets import show_sheet, turn_sheets

AGAIN = "办结后又重办"


def test_an_appeal_is_asked_decided_read_and_frozen(visitor, here):
    month = month_before(month_of(local_day(timezone.now())))
    kept = life(here, "closed", at=month.begin + timedelta(days=11, hours=9), words="楼道灯不亮")
    again = life(here, "closed", at=month.begin + timedelta(days=1, hours=9))
    act("reopen", again, by=here.street_head, at=month.begin + timedelta(days=9), words="又灭了")
    sheet = show_sheet(here.street, by=CLOCK, at=timezone.now(), first=month.first)
    unit, desk = visitor(PHONE), visitor(OFFICE)

    ask(unit, again)
    decide(desk)
    unit.goto("/console/inbox/")
    unit.get_by_role("button", name=f"{again.number}：同意不计入考核").click()
    decided = unit.get_by_role("region", name="定了的")
    assert "停电记录对过了" in decided.inner_text()
    turn_sheets(timezone.now() + timedelta(days=20))
    assert MonthSheet.objects.get(pk=sheet.pk).frozen_at

    unit.goto("/console/assessment/sheets/")
    unit.get_by_role("link", name=month.label).click()
    figure(unit, AGAIN, "0/1").click()
    unit.locator("[data-row]").first.wait_for()
    assert unit.locator("[data-row] td:first-child").all_inner_texts() == [kept.number]
    sound(unit)


def ask(page, case):
    """Let the head of the unit go from the sheet to what was taken up again, and ask; blanks are no reason."""
    log_in(page, "grid_head")
    page.goto("/console/inbox/")
    page.get_by_role("button", name="考评月表公示").click()
    sound(page)
    figure(page, AGAIN, "1/2").click()
    row = page.locator("[data-row]", has_text=case.number)
    row.get_by_role("link", name="申请不计入").click()
    page.get_by_label("什么原因").select_option("force")
    page.get_by_label("依据").fill("   ")
    page.get_by_label("凭据").fill("停电通知第 3 号")
    page.get_by_role("button", name="申请", exact=True).click()
    page.locator(".yg-field__error", has_text="请填写这一项。").wait_for()
    sound(page)
    assert page.get_by_label("凭据").input_value() == "停电通知第 3 号"
    page.get_by_label("依据").fill("全城停电，灯又灭了")
    page.get_by_role("button", name="申请", exact=True).click()
    page.get_by_text("已申请，请街道在").wait_for()
    sound(page)


def decide(page):
    """Let the desk read what waits on its own page, and agree."""
    log_in(page, "desk")
    page.get_by_role("link", name="有 1 件不计入考核的申请").click()
    page.get_by_label("怎么定").select_option("yes")
    page.get_by_label("为什么这样定").fill("停电记录对过了")
    page.get_by_role("button", name="定下来").click()
    page.get_by_text("已同意，这一件不计入了").wait_for()
    sound(page)


def figure(page, label, words):
    """Return the figure of the only unit in the column with this heading."""
    page.get_by_role("columnheader", name=label, exact=True).wait_for()
    place = page.locator("thead th").all_inner_texts().index(label)
    cell = page.locator("tbody tr").first.locator("td").nth(place - 1)
    return cell.get_by_role("link", name=words, exact=True)


def sound(page):
    assert (serious(page), too_wide(page)) == ([], 0)
