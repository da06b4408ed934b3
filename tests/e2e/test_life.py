"""The whole life of a case in the browser: reported, dispatched, handled, not solved, again, solved, cleared."""

from tests.e2e.conftest import OFFICE, PHONE
from tests.e2e.people import log_in, open_case, picture, report, say
from yige.cases.models import Case
from yige.cases.words import Outcome, State

ANSWERED = {"没有解决": "已经重新办理", "解决了": "谢谢您，记下了：解决了"}


def test_life_from_the_code_at_the_door_to_cleared(visitor, here):
    resident, desk, head = visitor(PHONE), visitor(OFFICE), visitor(PHONE)
    report(resident, here.code.token)
    resident.get_by_role("link", name="看办理进度").click()
    case = Case.objects.get()
    log_in(desk, "desk")
    log_in(head, "grid_head")

    desk.get_by_role("main").get_by_text(case.words).first.click()
    say(desk, "受理", category=str(here.lamp.pk))
    say(desk, "派单", unit=f"{here.team_unit.pk}:{here.grid_head.pk}", words="请尽快去看")
    head.goto("/console/")
    head.get_by_role("main").get_by_text(case.words).first.click()
    say(head, "签收")
    say(head, "联系反映人", how="phone", words="约好下午去看")
    say(head, "处置完成", words="换了新灯头", evidence=picture(seed=3))
    close_with_the_keyboard(desk, case)

    rate(resident, solved="没有解决", satisfied="不满意", words="亮了一晚又灭了")
    assert state(case) == (State.ACCEPTED, 1, "")
    open_case(desk, case)
    say(desk, "派单", unit=f"{here.team_unit.pk}:{here.grid_head.pk}")
    open_case(head, case)
    say(head, "签收")
    say(head, "联系反映人", how="visit", words="上门看了，线路老化")
    say(head, "处置完成", words="换了整条线路", evidence=picture(seed=4))
    open_case(desk, case)
    say(desk, "核查办结", words="灯连亮三晚")

    rate(resident, solved="解决了", satisfied="满意")
    assert state(case) == (State.CLEARED, 1, Outcome.CONFIRMED)
    told = resident.locator(".yg-life").inner_text()
    steps = [
        "反映了这件事", "已受理", "已派给单位team办理", "单位team已签收", "约好下午去看", "换了新灯头", "灯头是新的",
        "亮了一晚又灭了", "上门看了，线路老化", "换了整条线路", "灯连亮三晚",
    ]  # fmt: skip
    assert [words for words in steps if words not in told] == []
    assert [name for name in ("某desk", "某grid_head", "请尽快去看") if name in told] == []
    assert resident.locator(".yg-life img").count() == 3


def close_with_the_keyboard(page, case):
    """The desk closes without touching the mouse: from the list to the form to the button."""
    page.goto("/console/cases/?view=to_check")
    page.locator("[data-yg-row]").first.wait_for()
    page.keyboard.press("j")
    assert case.number in page.evaluate("() => document.activeElement.href")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="核查办结", exact=True).wait_for()
    words = page.locator("#act textarea")
    for _ in range(60):
        page.keyboard.press("Tab")
        if words.evaluate("(field) => field === document.activeElement"):
            break
    page.keyboard.type("灯头是新的，晚上亮了")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent").strip() == "核查办结"
    page.keyboard.press("Enter")
    page.get_by_text("“核查办结”已办好").wait_for()


def rate(page, *, solved, satisfied, words=""):
    page.reload()
    form = page.locator("#rate")
    for question, answer in (("联系过您", "联系过"), ("解决了吗", solved), ("满意吗", satisfied)):
        form.locator("fieldset", has_text=question).get_by_text(answer, exact=True).click()
    form.locator("textarea").fill(words)
    form.get_by_role("button", name="交评价").click()
    page.get_by_text(ANSWERED[solved]).wait_for()


def state(case):
    case.refresh_from_db()
    return case.state, case.reopen_no, case.outcome
