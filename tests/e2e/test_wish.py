"""A wish of somebody of eighty without a phone: said at the door, claimed by a neighbour on a phone, confirmed at the door."""

from tests.e2e.conftest import PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import household, person
from tests.policy.volunteer_calls import neighbours
from tests.portal.residents import code_of
from yige.alliance.models import Wish


def press(page, words):
    page.get_by_role("button", name=words).first.click()
    page.wait_for_load_state()


def look(page):
    assert (page.url, serious(page), too_wide(page)) == (page.url, [], 0)


def test_a_wish_of_somebody_without_a_phone(visitor, here):
    old = person(here, household(here, room="702"), "周桂兰", birth_year=1945, phone="")
    neighbours(here, 1)
    door, neighbour, other_door = visitor(PHONE), visitor(PHONE, java_script_enabled=False), visitor(PHONE)

    log_in(door, "micro")
    door.goto(f"/work/households/{old.household_id}/")
    door.get_by_role("link", name="微心愿").click()
    door.get_by_label("谁的心愿").select_option(value=str(old.pk))
    door.get_by_label("心愿", exact=True).fill("想有人陪着下一盘棋")
    door.get_by_label("本人愿意让社区里的邻居看到这句话").check()
    press(door, "记下")
    look(door)

    neighbour.goto("/my/wishes/")
    neighbour.get_by_label("手机号码").fill("19900010000")
    neighbour.locator("main button[type=submit]").first.click()
    neighbour.get_by_label("验证码").fill(code_of())
    neighbour.locator("main button[type=submit]").first.click()
    neighbour.wait_for_url("**/my/wishes/")
    assert "周" not in neighbour.locator("main").inner_text()
    press(neighbour, "我来办")
    press(neighbour, "同意和他互留电话")
    door.reload()
    press(door, "本人同意和来办的人互留电话")
    neighbour.goto("/my/wishes/")
    assert "周桂兰" in neighbour.locator("main").inner_text()
    press(neighbour, "办到了")

    log_in(other_door, "worker")
    other_door.goto(f"/work/households/{old.household_id}/wishes/")
    press(other_door, "本人说办到了")
    look(other_door)
    assert Wish.objects.get().confirmed_at
