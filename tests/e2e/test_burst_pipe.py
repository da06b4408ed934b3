"""A burst pipe in the browser: reported, whistled for, two offices and a firm on a one-time link, cleared by the reporter."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in, open_case, report, say
from tests.e2e.test_life import rate
from tests.whistles.joint import joint_town
from yige.cases.models import Case
from yige.cases.words import State
from yige.lib.local_time import local_day
from yige.whistles.models import Call, Whistle

PIPE = "三号楼前的水管爆了，水往车库里灌"


@pytest.fixture
def night(monkeypatch):
    """The server's clock is put to two in the morning of tomorrow and goes on from there."""
    real = timezone.now
    two = timezone.localtime(real()).replace(hour=2, minute=0) + timedelta(days=1)
    gap = two - real()
    monkeypatch.setattr(timezone, "now", lambda: real() + gap)


def test_burst_pipe_from_the_code_at_the_door_to_cleared(night, visitor, here):
    joint_town(here)
    resident, desk, bureau, water, firm = (visitor(screen) for screen in (PHONE, OFFICE, PHONE, PHONE, PHONE))
    report(resident, here.code.token, words=PIPE, photo=False)
    resident.get_by_role("link", name="看办理进度").click()
    case = Case.objects.get()
    assert timezone.localtime(case.reported_at).hour == 2
    for page, name in ((desk, "desk"), (bureau, "department"), (water, "water")):
        log_in(page, name)
    open_case(desk, case)
    if desk.get_by_role("heading", name="看过险情", exact=True).is_visible():
        say(desk, "看过险情", urgency="emergency", words="马上办")
    say(desk, "受理", category=str(here.lamp.pk), urgency="emergency")
    whistle(desk, here, case)
    address = link_for(desk, "单位property")

    arrive(bureau, "到了，正在关阀门")
    arrive(water, "水车到了")
    answer_by_link(firm, address)
    take_over(desk, "单位property")
    resident.reload()
    assert "单位property 已到场" in " ".join(resident.locator("#joint + ul").inner_text().split())

    plan_a_step(desk, here)
    finish_step(water)
    deliver(bureau)
    deliver(water)
    for name in ("单位bureau", "单位water"):
        confirm(desk, name)
    let_go(desk, "单位property")
    for name in ("单位bureau", "单位water", "单位property"):
        assess(desk, name)
    street(desk, "联办结束", words="水停了，路面补好了")
    desk.get_by_text("“联办结束”已记下").wait_for()

    handle(desk, visitor(PHONE), here, case)
    rate(resident, solved="解决了", satisfied="满意")
    case.refresh_from_db()
    assert (case.state, Whistle.objects.get().ended_at is None) == (State.CLEARED, False)
    told = resident.locator(".yg-life").inner_text()
    steps = [
        "街道已吹哨",
        "单位bureau已到场",
        "单位property已到场",
        "单位water做完了：补路面",
        "各单位一起办完了",
    ]
    assert [words for words in steps if words not in told] == []
    assert "某" not in told


def whistle(desk, here, case):
    desk.get_by_role("link", name="吹哨").click()
    desk.locator("[name=trigger]").select_option("emergency")
    desk.locator("[name=matter]").fill("三号楼前主管爆裂，先关阀再抢修")
    desk.locator("[name=tried]").fill("楼内阀门关了没有用")
    for number, (unit, asked) in enumerate(
        ((here.bureau_unit, "关阀抢修"), (here.water_unit, "送水、补路面"))
    ):
        desk.locator(f"[name=unit_{number}]").select_option(str(unit.pk))
        desk.locator(f"[name=asked_{number}]").fill(asked)
    desk.get_by_role("button", name="再请一家").click()
    desk.locator("[name=unit_2]").select_option(str(here.property_unit.pk))
    desk.locator("[name=asked_2]").fill("打开车库")
    desk.get_by_role(
        "button", name="吹哨"
    ).click()  # nobody there would see it: the page says so, and keeps all
    desk.get_by_text("先打电话").first.wait_for()
    desk.locator("[name=reached_2]").fill("值班室")
    desk.get_by_role("button", name="吹哨").click()
    desk.get_by_role("heading", name="请来的单位").wait_for()
    assert serious(desk) == []


def unit_of(desk, name):
    return desk.locator(".yg-unit").filter(has_text=name)


def link_for(desk, name):
    unit_of(desk, name).get_by_role("button", name="发一次性链接").click()
    address = desk.locator("#link").inner_text().strip()
    desk.get_by_role("link", name="发好了，回到联办").click()
    return address[address.index("/j/") :]


def open_call(page):
    page.goto("/console/calls/")
    page.get_by_role("main").get_by_text("联办，").first.click()
    page.locator("#act").wait_for()


def unit_says(page, act, **fields):
    panel = page.locator("#act")
    if not panel.get_by_role("heading", name=act, exact=True).is_visible():
        page.get_by_role("main").get_by_role("link", name=act, exact=True).first.click()
        panel.get_by_role("heading", name=act, exact=True).wait_for()
    for name, value in fields.items():
        panel.locator(f"[name={name}]").fill(value)
    panel.get_by_role("button", name=act, exact=True).click()
    page.get_by_text(f"“{act}”已记下").wait_for()


def arrive(page, words):
    open_call(page)
    assert PIPE not in page.content()
    unit_says(page, "到场", words=words)
    assert (serious(page), too_wide(page)) == ([], 0)


def answer_by_link(firm, address):
    firm.goto(address)
    assert (serious(firm), too_wide(firm)) == ([], 0)
    firm.get_by_role("link", name="到场", exact=True).click()
    firm.locator("[name=words]").fill("车库开了")
    firm.get_by_role("button", name="送出").click()
    firm.get_by_role("heading", name="收到了，谢谢").wait_for()
    firm.goto(address)
    firm.get_by_role("heading", name="这个链接不能用").wait_for()


def take_over(desk, name):
    desk.goto("/console/whistles/answers/")
    desk.get_by_role("link", name=name).click()
    desk.get_by_role("button", name="照此记下").click()
    desk.get_by_text("已照此记下").wait_for()


def plan_a_step(desk, here):
    street(
        desk,
        "加一步计划",
        unit=str(here.water_unit.pk),
        words="补路面",
        due_on=f"{local_day(timezone.now()) + timedelta(days=1)}",
    )
    desk.get_by_text("“加一步计划”已记下").wait_for()


def street(desk, act, *, within=None, **fields):
    (within or desk.locator("#act")).get_by_role("link", name=act, exact=True).click()
    panel = desk.locator("#act")
    panel.get_by_role("heading", name=act).wait_for()
    for name, value in fields.items():
        field = panel.locator(f"[name={name}]")
        field.select_option(value) if field.evaluate("(field) => field.tagName") == "SELECT" else field.fill(
            value
        )
    panel.get_by_role("button", name=act, exact=True).click()


def finish_step(page):
    open_call(page)
    unit_says(page, "这一步做完了", words="补好了")


def deliver(page):
    open_call(page)
    unit_says(page, "办完了", words="修好了")


def whistle_page(desk):
    desk.goto(f"/console/whistles/{Whistle.objects.get().pk}/")


def confirm(desk, name):
    whistle_page(desk)
    if desk.get_by_role("link", name="认可这一步", exact=True).is_visible():
        street(desk, "认可这一步", within=desk.locator(".yg-queue"))
        desk.get_by_text("“认可这一步”已记下").wait_for()
    street(desk, "认可", within=unit_of(desk, name))
    desk.get_by_text("“认可”已记下").wait_for()


def let_go(desk, name):
    street(desk, "不用来了", within=unit_of(desk, name), reason="not_needed", words="车都挪出来了")
    desk.get_by_text("“不用来了”已记下").wait_for()
    assert not Call.objects.open().exists()


def assess(desk, name):
    street(desk, "说办得怎样", within=unit_of(desk, name), passed="yes", words="来得及时")
    desk.get_by_text("“说办得怎样”已记下").wait_for()


def handle(desk, team, here, case):
    """The case itself goes its way, and could not end before."""
    log_in(team, "worker")
    open_case(desk, case)
    say(desk, "派单", unit=f"{here.team_unit.pk}:{here.worker.pk}")
    open_case(team, case)
    say(team, "签收")
    say(team, "联系反映人", how="phone", words="告诉他修好了")
    say(team, "处置完成", words="各单位一起修好了")
    open_case(desk, case)
    say(desk, "核查办结", words="看过")
