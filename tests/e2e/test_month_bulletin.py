"""A bulletin in the browser: the desk writes it, the head approves it, and somebody reads it on a small phone."""

from datetime import date, timedelta

from django.utils import timezone

from tests.e2e.conftest import OFFICE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import life
from tests.policy.bulletins import figures
from yige.bulletins.models import Bulletin

SMALL_PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
YEAR = [date(2025 + (2 + n) // 12, (2 + n) % 12 + 1, 1) for n in range(13)]


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def test_a_bulletin_is_written_approved_and_read(visitor, here):
    at = timezone.now() - timedelta(hours=4)
    figures("/zz/", YEAR, at)
    case = life(here, "cleared", at=at, words="小区东门路灯三天没亮了")
    desk, head, phone = visitor(OFFICE), visitor(OFFICE), visitor(SMALL_PHONE)

    log_in(desk, "desk")
    desk.goto("/console/bulletins/")
    desk.get_by_label("哪个街道").select_option(index=1)
    desk.get_by_label("哪个月").select_option("2026-03")
    press(desk, "开头")
    desk.get_by_label("事项编号").fill(case.number)
    desk.get_by_label("题目").fill("路灯亮了")
    desk.get_by_label("怎么办成的").fill("王阿姨说好")
    press(desk, "加上")
    assert "像是一个人的名字或称呼" in desk.locator("main").inner_text()
    desk.get_by_label("怎么办成的").fill("供电单位换了灯头，当晚就亮。")
    press(desk, "加上")
    assert (serious(desk), too_wide(desk)) == ([], 0)
    press(desk, "我从头读过，没有个人信息")

    log_in(head, "street_head")
    head.goto(desk.url)
    press(head, "批准，不再改")
    desk.reload()
    press(desk, "公布")

    row = Bulletin.objects.get()
    for address in (
        "/bulletins/",
        f"/bulletins/{row.pk}/",
        "/figures/",
        "/open-data/",
        "/care/on/",
        "/figures/",
    ):
        phone.goto(address)
        assert (address, serious(phone), too_wide(phone)) == (address, [], 0)
    phone.goto(f"/bulletins/{row.pk}/")
    assert "供电单位换了灯头" in phone.locator("article").inner_text()
    assert phone.locator("svg.yg-chart").count() == 3
    assert (serious(phone), too_wide(phone)) == ([], 0)
