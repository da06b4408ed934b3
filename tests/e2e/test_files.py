"""A grid head opens a file, sees a phone for a reason, adds a neighbour after one mistake; a keeper says why first."""

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import family
from yige.archive.models import Person
from yige.audit.models import LogEntry


def calm(page):
    assert (serious(page), too_wide(page)) == ([], 0)


def test_head_reveals_a_number_and_adds_a_person(visitor, here):
    made = family(here)
    page = visitor(OFFICE)
    log_in(page, "grid_head")

    page.get_by_role("link", name="居民档案").click()
    calm(page)
    page.get_by_role("link", name="向阳小院3号楼 2单元501").click()
    calm(page)
    card = page.locator(f"#phone-{made.contact_id}")
    assert "199****0001" in card.inner_text()
    card.get_by_text("看全电话").click()
    card.get_by_role("button", name="看").click()
    card.get_by_text("请先选查看的原因").wait_for()
    card.get_by_label("为什么要看电话").select_option("visit")
    card.get_by_role("button", name="看").click()
    card.get_by_role("link", name="19900000001").wait_for()

    assert card.locator("[data-yg-hide-after]").get_attribute("data-yg-hide-after") == "300"
    assert LogEntry.objects.filter(verb="archive.reveal").count() == 1
    calm(page)

    page.get_by_role("link", name="加一个人").click()
    page.get_by_label("姓名").fill("赵六")
    page.get_by_label("出生年").fill("一九五零")
    page.get_by_role("button", name="保存").click()
    page.locator(".yg-field__error", has_text="出生年写四位数").wait_for()
    calm(page)
    assert page.get_by_label("姓名").input_value() == "赵六"
    page.get_by_label("出生年").fill("1950")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已加进这一户").wait_for()

    assert Person.objects.of(made).count() == 3


def test_keeper_says_why_on_a_phone_and_asks_for_a_list(visitor, here):
    made = family(here)
    page = visitor(PHONE)
    log_in(page, "registrar")

    page.goto(f"/console/households/{made.pk}/")
    page.get_by_role("button", name="打开档案").click()
    page.get_by_text("请先选查看的原因").wait_for()
    calm(page)
    page.get_by_label("核对改正档案").check()
    page.get_by_role("button", name="打开档案").click()
    page.get_by_role("link", name="王*英").wait_for()
    calm(page)

    page.goto("/console/exports/new/")
    page.get_by_role("button", name="申请", exact=True).click()
    page.locator(".yg-field__error", has_text="请选用途").wait_for()
    calm(page)
