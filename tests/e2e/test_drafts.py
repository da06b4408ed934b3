"""What staff type outlives a lost log-in and a closed tab, for the same person alone, and goes when it was sent."""

import pytest
from django.contrib.sessions.models import Session

from tests import factories
from tests.e2e.conftest import OFFICE, PHONE
from tests.e2e.people import log_in

WORDS = "灯杆里进了水，等供电公司明天上午来"
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('yg-staff-draft:'))"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def case(here):
    return factories.life(here, until="handling")


def type_words(page, case):
    page.goto(f"/console/cases/{case.number}/?do=progress")
    page.locator("#act [name=words]").fill(WORDS)
    page.wait_for_timeout(900)  # a draft is written a moment after the last key
    assert page.evaluate(KEPT) != []


def test_words_outlive_a_lost_log_in_and_the_tab_and_go_when_they_were_sent(visitor, here, case):
    page = visitor(OFFICE)
    log_in(page, "worker")
    type_words(page, case)
    assert WORDS not in str(page.evaluate(KEPT))  # what lies on the device is sealed
    Session.objects.all().delete()
    page.locator("#act button[type=submit]").click()
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate(KEPT) != []
    other = page.context.new_page()
    page.close()

    log_in(other, "worker")
    other.goto(f"/console/cases/{case.number}/?do=progress")

    other.get_by_text("您上次写了没有送出的，已经放回来了。").wait_for()
    assert other.locator("#act [name=words]").input_value() == WORDS
    other.locator("#act button[type=submit]").click()
    other.get_by_text("已办好").wait_for()
    assert other.evaluate(KEPT) == []
    other.goto(f"/console/cases/{case.number}/?do=progress")
    assert other.locator("#act [name=words]").input_value() == ""


@pytest.mark.parametrize("leave", ["logs out", "session ends"])
def test_somebody_else_on_the_same_machine_finds_nothing(visitor, here, case, leave):
    page = visitor(OFFICE)
    log_in(page, "worker")
    type_words(page, case)
    if leave == "logs out":
        page.locator("summary", has_text="某worker").click()
        with page.expect_navigation():
            page.get_by_role("button", name="退出登录").click()
        assert page.evaluate(KEPT) == []
    Session.objects.all().delete()

    log_in(page, "grid_head")
    page.goto(f"/console/cases/{case.number}/?do=progress")

    assert WORDS not in page.locator("textarea").evaluate_all("(all) => all.map((one) => one.value)")
    assert page.evaluate(KEPT) == []


def test_what_was_refused_or_not_sent_is_kept_and_what_is_old_goes(visitor, here, case):
    page = visitor(OFFICE)
    log_in(page, "worker")
    type_words(page, case)
    page.context.set_offline(True)
    page.locator("#act button[type=submit]").click()
    page.context.set_offline(False)
    page.wait_for_timeout(300)
    page.goto(f"/console/cases/{case.number}/?do=progress")
    page.get_by_text("您上次写了没有送出的").wait_for()
    assert page.locator("#act [name=words]").input_value() == WORDS

    page.evaluate(
        f"""() => {KEPT}.forEach(([name, value]) => localStorage.setItem(
            name, JSON.stringify({{...JSON.parse(value), at: Date.now() - 25 * 3600 * 1000}})))"""
    )
    page.goto(f"/console/cases/{case.number}/?do=progress")

    page.wait_for_timeout(300)
    assert page.locator("#act [name=words]").input_value() == ""
    assert page.evaluate(KEPT) == []


def test_a_visit_half_written_on_the_phone_comes_back(visitor, here):
    home = factories.family(here, room="801")
    page = visitor(PHONE)
    log_in(page, "micro")
    page.goto(f"/work/households/{home.pk}/visit/")
    page.get_by_text("入户", exact=True).click()
    words = page.locator("[name=need_0_words]")
    words.evaluate(
        "(area) => { for (let up = area; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true; }"
    )
    words.fill("说楼道灯不亮")
    page.wait_for_timeout(900)  # a draft is written a moment after the last key
    assert page.evaluate(KEPT) != []

    page.reload()

    page.get_by_text("您上次写了没有送出的").wait_for()
    assert page.locator("[name=need_0_words]").input_value() == "说楼道灯不亮"
    assert page.locator("[name=mode][value=home]").is_checked()

    page.get_by_role("button", name="不要了").click()

    assert page.locator("[name=need_0_words]").input_value() == ""
    assert page.evaluate(KEPT) == []


def test_a_form_of_single_lines_comes_back_without_the_number(visitor, here):
    here.bureau_unit.path = "/zz/"
    here.bureau_unit.save()
    page, unit = visitor(OFFICE), "/console/duty-roster/units/bureau/"
    log_in(page, "desk")
    page.goto(unit)
    page.locator("[name=name]").fill("李夜班")
    page.locator("[name=note]").fill("带班领导")
    page.locator("[name=phone]").fill("0371-68881234")
    page.wait_for_timeout(900)  # a draft is written a moment after the last key
    Session.objects.all().delete()
    page.get_by_role("button", name="排上").click()
    page.wait_for_url("**/accounts/login/**")

    log_in(page, "desk")
    page.goto(unit)

    page.get_by_text("您上次写了没有送出的").wait_for()
    typed = [page.locator(f"[name={name}]").input_value() for name in ("name", "note", "phone")]
    assert typed == ["李夜班", "带班领导", ""]
    page.locator("[name=phone]").fill("0371-68881234")
    page.get_by_role("button", name="排上").click()
    page.get_by_text("李夜班").first.wait_for()
    assert page.evaluate(KEPT) == []
