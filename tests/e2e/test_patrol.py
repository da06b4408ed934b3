"""A round in the browser: a phone of 390 px with a thumb, the same with the keyboard, in care mode, and without JavaScript."""

import pytest
from django.utils import timezone

from tests.e2e.conftest import PHONE, serious, too_wide
from tests.e2e.people import log_in, picture
from tests.factories import building
from yige.cases.models import Case, Photo
from yige.contact.models import Look, Patrol
from yige.steps.s2_discover import planning


@pytest.fixture
def route(here):
    """A route with a courtyard at a building and a shed."""
    at = timezone.now()
    lane = planning.make_route(here.grid, by=here.grid_head, at=at, name="东院一圈")
    said = {"by": here.grid_head, "at": at, "route": lane, "kind": "courtyard"}
    planning.make_spot(here.micro_grid, name="3号楼院子", hint="看消防通道", building=building(here), **said)
    planning.make_spot(here.grid, name="充电棚", **said)
    return lane


def sound(page):
    assert (serious(page), too_wide(page)) == ([], 0)


@pytest.mark.parametrize("care", [False, True])
def test_round_with_a_thumb_from_start_to_finish(visitor, here, route, care):
    page = visitor(PHONE)
    log_in(page, "worker")
    page.goto("/care/on/" if care else "/care/off/")
    page.goto("/work/patrol/")
    sound(page)

    page.get_by_role("button", name="开始看“东院一圈”").tap()
    page.get_by_role("heading", name="东院一圈").wait_for()
    sound(page)
    page.get_by_role("group", name="充电棚").get_by_role("button", name="没有问题").tap()
    page.get_by_text("已记下：充电棚，没有问题。").wait_for()

    page.get_by_role("group", name="3号楼院子").get_by_role("link", name="发现问题").tap()
    page.get_by_role("heading", name="发现问题").wait_for()
    assert page.get_by_label("在哪里").input_value() == "向阳小院 3号楼院子"
    sound(page)
    page.get_by_role("button", name="上报").tap()
    page.get_by_role("alert").wait_for()
    sound(page)
    page.get_by_label("发现了什么？").fill("消防通道被三轮车堵住")
    page.locator("summary", has_text="安全隐患").tap()
    page.get_by_text("消防通道被占、被锁").tap()
    page.locator("input[type=file]").set_input_files(picture())
    page.get_by_alt_text("您选的第 1 张照片").wait_for()
    page.get_by_role("button", name="上报").tap()
    page.get_by_text("已上报，编号").wait_for()

    case = Case.objects.get()
    assert (case.grid, case.place, case.category.slug) == (
        here.micro_grid,
        "向阳小院 3号楼院子",
        "safety.blocked-fire-lane",
    )
    assert Photo.objects.get().case == case
    page.locator("summary", has_text="看过的 2 处").tap()
    sound(page)
    page.get_by_role("button", name="结束这次巡查").tap()
    page.get_by_role("heading", name="这次巡查结束了").wait_for()
    assert page.get_by_text(case.number).is_visible()
    sound(page)


def test_round_with_the_keyboard_alone(visitor, here, route):
    page = visitor(PHONE)
    log_in(page, "worker")
    page.goto("/work/patrol/")

    press(page, page.get_by_role("button", name="开始看“东院一圈”"))
    page.get_by_role("group", name="充电棚").wait_for()
    press(page, page.get_by_role("group", name="充电棚").get_by_role("button", name="没有问题"))
    page.get_by_text("已记下：充电棚").wait_for()
    press(page, page.get_by_role("group", name="3号楼院子").get_by_role("link", name="发现问题"))
    reach(page, page.get_by_label("发现了什么？"))
    page.keyboard.type("楼道灯不亮")
    press(page, page.get_by_role("button", name="上报"))
    page.get_by_text("已上报，编号").wait_for()
    press(page, page.get_by_role("button", name="结束这次巡查"))
    page.get_by_role("heading", name="这次巡查结束了").wait_for()

    assert sorted(Look.objects.values_list("result", flat=True)) == ["fine", "found"]


def test_round_without_javascript(visitor, here, route):
    page = visitor(PHONE, java_script_enabled=False)
    log_in(page, "worker")
    page.goto("/work/patrol/")

    page.get_by_role("button", name="开始看“东院一圈”").tap()
    page.get_by_role("group", name="充电棚").get_by_role("button", name="没有问题").tap()
    page.get_by_role("group", name="3号楼院子").get_by_role("link", name="发现问题").tap()
    page.get_by_label("发现了什么？").fill("楼道灯不亮")
    page.locator("input[type=file]").set_input_files(picture())
    page.get_by_role("button", name="上报").tap()
    page.get_by_text("已上报，编号").wait_for()
    page.get_by_role("button", name="结束这次巡查").tap()
    page.get_by_role("heading", name="这次巡查结束了").wait_for()

    assert (Case.objects.count(), Photo.objects.filter(case__isnull=False).count()) == (1, 1)


def test_two_taps_in_two_windows_are_one_look(visitor, here, route):
    page = visitor(PHONE)
    log_in(page, "worker")
    page.goto("/work/patrol/")
    page.get_by_role("button", name="开始看“东院一圈”").tap()
    page.get_by_role("group", name="充电棚").wait_for()
    other = page.context.new_page()
    other.goto(page.url)

    for window in (page, other):
        window.get_by_role("group", name="充电棚").get_by_role("button", name="没有问题").tap()
        window.locator("summary", has_text="看过的 1 处").wait_for()

    assert Look.objects.count() == 1


def test_neighbour_and_whoever_walks_no_round_find_nothing(visitor, here, route):
    page = visitor(PHONE)
    log_in(page, "worker")
    page.goto("/work/patrol/")
    page.get_by_role("button", name="开始看“东院一圈”").tap()
    page.get_by_role("group", name="充电棚").wait_for()
    address = f"/work/patrol/{Patrol.objects.get().pk}/"

    for name, own in (("neighbour_worker", 200), ("department", 404)):
        page.context.clear_cookies()
        log_in(page, name)
        assert page.goto("/work/patrol/").status == own
        assert page.get_by_text("东院一圈").count() == 0
        assert page.goto(address).status == 404
    page.context.clear_cookies()
    page.goto(address)
    assert "/accounts/login/" in page.url


def reach(page, target):
    """Go on with the tab key until the target has the focus."""
    target.wait_for()
    for _ in range(120):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def press(page, target):
    reach(page, target)
    page.keyboard.press("Enter")
