"""A neighbour of 75 finds out who looked at her file: large letters, one thumb; and with the keyboard alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import family
from yige.archive.models import Person, RightsRequest
from yige.archive.people import access, actions
from yige.clock import acts

NUMBER = "19900000001"


@pytest.fixture
def outbox(settings, tmp_path):
    settings.DEMO, settings.YIGE_OUTBOX_FOLDER = True, tmp_path / "outbox"
    return settings.YIGE_OUTBOX_FOLDER


@pytest.fixture
def old(here):
    """She is 75; a registrar opened her number yesterday, the worker of her house her file this morning."""
    now, old = timezone.now(), family(here).contact
    actions.describe_person(old, by=here.micro, at=now - timedelta(days=9), birth_year=now.year - 75)
    access.reveal(old, by=here.registrar, at=now - timedelta(days=1), field="phone", reason="check")
    access.view(old, by=here.micro, at=now - timedelta(hours=2), household=old.household)
    return old


def message(outbox):
    """Return the code in the only message that left."""
    acts.send_notices(timezone.now() + timedelta(seconds=1))
    (page,) = outbox.glob("*.txt")
    text = page.read_text()
    page.unlink()
    assert text.startswith(f"收件：{NUMBER}\n【一格】验证码 ")
    return re.search(r"验证码 (\d{6})", text)[1]


def fine(page):
    assert (serious(page), too_wide(page)) == ([], 0)


def sign_in(page, outbox):
    page.get_by_label("手机号码").fill(NUMBER)
    page.get_by_role("button", name="发验证码").tap()
    page.get_by_role("heading", name="填验证码").wait_for()
    fine(page)
    page.get_by_label("验证码").fill(message(outbox))
    page.get_by_role("button", name="登录").tap()
    page.get_by_role("heading", name="我的档案", exact=True).wait_for()


def test_neighbour_of_75_sees_who_looked_and_asks_why(visitor, here, old, outbox):
    page = visitor(PHONE)
    page.goto("/")
    page.get_by_role("link", name="长辈版 大字").tap()
    page.get_by_role("navigation", name="常用").get_by_role("link", name="我的档案").tap()
    sign_in(page, outbox)
    fine(page)
    page.get_by_role("link", name="谁看过我的档案").tap()
    page.get_by_role("heading", name="谁看过我的档案").wait_for()

    lines = page.get_by_role("listitem").filter(has_text="有疑问")
    assert "单位team · 微网格员" in lines.nth(0).inner_text()
    assert "单位street · 档案管理员" in lines.nth(1).inner_text()
    assert (
        "看了没有遮住的联系电话" in lines.nth(1).inner_text() and "核对改正档案" in lines.nth(1).inner_text()
    )
    assert lines.count() == 2
    fine(page)
    small = page.evaluate(
        "() => [...document.querySelectorAll('main a, main button')].filter(it => it.offsetParent"
        " && !it.closest('p.yg-small') && it.getBoundingClientRect().height < 44).map(it => it.innerText)"
    )
    assert small == []

    lines.nth(1).get_by_role("link", name="有疑问").tap()
    assert "档案管理员看了没有遮住的联系电话" in page.get_by_label("请写一写").input_value()
    page.get_by_role("button", name="提交").tap()
    page.get_by_text("提好了").wait_for()
    assert RightsRequest.objects.get().kind == "explain"
    page.get_by_role("link", name="回到我的档案").tap()
    page.get_by_role("button", name="退出").tap()
    page.get_by_text("已经退出").wait_for()
    page.goto("/my/looks/")
    page.get_by_role("heading", name="用手机号登录").wait_for()


def press_to(page, role, name, most=60):
    """Walk with the Tab key to what has this name, as somebody does who has no mouse."""
    wanted = page.get_by_role(role, name=name, exact=True).first
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_keyboard_alone_finds_out_who_looked(visitor, here, old, outbox):
    page = visitor(OFFICE)
    page.goto("/my/")
    press_to(page, "textbox", "手机号码")
    page.keyboard.type(NUMBER)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="填验证码").wait_for()
    press_to(page, "textbox", "验证码")
    page.keyboard.type(message(outbox))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="我的档案", exact=True).wait_for()
    wanted = page.get_by_role("link", name="谁看过我的档案")
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            break
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="谁看过我的档案").wait_for()
    assert page.get_by_text("单位street · 档案管理员").count() == 1


def test_page_works_without_scripts(visitor, here, old, outbox):
    page = visitor(PHONE, java_script_enabled=False)
    page.goto("/my/")
    page.get_by_label("手机号码").fill(NUMBER)
    page.get_by_role("button", name="发验证码").tap()
    page.get_by_role("heading", name="填验证码").wait_for()
    page.get_by_label("验证码").fill(message(outbox))
    page.get_by_role("button", name="登录").tap()
    page.get_by_role("link", name="走访和约时间").tap()
    page.get_by_text("6 个月").tap()
    page.get_by_role("button", name="这段时间不要上门").tap()

    page.get_by_text("收回，走访照常").wait_for()


def test_two_registrars_delete_what_she_asks_to_delete(visitor, here, old, outbox):
    page = visitor(PHONE)
    page.goto("/my/")
    sign_in(page, outbox)
    page.goto("/my/requests/new/")
    page.get_by_text("删除：不要再留我的档案").tap()
    page.get_by_role("button", name="提交").tap()
    page.get_by_text("提好了").wait_for()
    first, second = visitor(OFFICE), visitor(OFFICE)
    log_in(first, "registrar")
    first.goto("/console/requests/")
    first.get_by_role("link", name="删除", exact=True).click()
    first.get_by_label("办了（或者同意办）").check()
    first.get_by_label("答复", exact=True).fill("打电话核对过，同意删除")
    first.get_by_role("button", name="答复本人").click()
    first.get_by_text("复核之前什么也没有删。", exact=False).first.wait_for()
    page.goto("/my/requests/")
    page.get_by_text("等第二人复核").wait_for()
    log_in(second, "second_registrar")
    second.goto("/console/requests/")
    second.get_by_role("link", name="删除", exact=True).click()
    second.get_by_role("button", name="同意，马上删除").click()
    second.get_by_text("档案已经删除").wait_for()

    page.goto("/my/file/")
    page.get_by_role("heading", name="用手机号登录").wait_for()
    assert Person.objects.get(pk=old.pk).name_sealed is None
