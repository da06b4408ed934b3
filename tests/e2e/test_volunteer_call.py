"""A call in the browser, from a case to thanks: a head asks, a neighbour signs up on a small phone, comes and is thanked."""

from datetime import timedelta

from django.utils import timezone

from tests.e2e.conftest import OFFICE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import life
from tests.policy.volunteer_calls import neighbours
from tests.portal.residents import code_of
from yige.alliance.models import VolunteerCall

SMALL_PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def look(page):
    assert (page.url, serious(page), too_wide(page)) == (page.url, [], 0)


def test_a_call_from_a_case_from_asking_to_thanks(visitor, here):
    case = life(here, "handling", at=timezone.now() - timedelta(hours=5))
    neighbours(here, 1)
    head, phone, worker = visitor(OFFICE), visitor(SMALL_PHONE, java_script_enabled=False), visitor(OFFICE)

    log_in(head, "grid_head")
    head.goto(f"/console/cases/{case.number}/")
    look(head)
    head.get_by_role("link", name="请邻里来帮忙").click()
    head.get_by_label("做什么").fill("一起清理楼道杂物")
    head.get_by_label("具体要做的").fill("搬到楼下，找我 13812345678")
    head.get_by_label("在哪里集合").fill("3号楼前")
    press(head, "发出去")
    assert "像电话" in head.locator("main").inner_text()
    assert head.get_by_label("做什么").input_value() == "一起清理楼道杂物"
    head.get_by_label("具体要做的").fill("搬到楼下，车在北门等。")
    press(head, "发出去")
    look(head)

    phone.goto("/")
    phone.get_by_role("link", name="一起来").first.click()
    phone.get_by_role("link", name="一起清理楼道杂物").click()
    phone.get_by_role("link", name="我来").click()
    phone.get_by_label("手机号码").fill("19900010000")
    phone.locator("main button[type=submit]").first.click()
    phone.get_by_label("验证码").fill(code_of())
    phone.locator("main button[type=submit]").first.click()
    phone.wait_for_url("**/my/calls/**")
    press(phone, "我来，报名")
    assert "报上了，等您来" in phone.locator("main").inner_text()

    log_in(worker, "worker")
    worker.goto(f"/console/cases/{case.number}/")
    assert worker.get_by_role("link", name="一起清理楼道杂物").count() == 1
    call = VolunteerCall.objects.get()
    starts = timezone.now() - timedelta(hours=1)
    VolunteerCall.objects.filter(pk=call.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    head.goto(f"/console/volunteer-calls/{call.pk}/")
    head.get_by_text("办完了，记下谁来了", exact=True).click()
    press(head, "记下")
    head.get_by_text("谢谢来的人", exact=True).click()
    head.get_by_label("想说的话").fill("楼道干净了，谢谢大家。")
    press(head, "谢谢")
    look(head)

    phone.goto(f"/my/calls/{call.pk}/")
    said = phone.locator("main").inner_text()
    assert "您来过，谢谢您" in said and "楼道干净了" in said
