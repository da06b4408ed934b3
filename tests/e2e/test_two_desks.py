"""Two desks open the same case; the second hears what happened meanwhile and keeps what was typed."""

from tests import factories
from tests.e2e.conftest import OFFICE
from tests.e2e.people import log_in, open_case, say


def test_second_dispatch_hears_409_and_keeps_the_words(visitor, here):
    case = factories.life(here, "accepted")
    first, second = visitor(OFFICE), visitor(OFFICE)
    log_in(first, "desk")
    log_in(second, "second_desk")
    open_case(first, case)
    open_case(second, case)
    second.locator("#act [name=words]").fill("请物业一起去")

    say(first, "派单", unit=str(here.team_unit.pk))
    second.locator("#act [name=unit]").select_option(str(here.bureau_unit.pk))
    with second.expect_navigation() as answer:
        second.get_by_role("button", name="派单", exact=True).click()

    assert answer.value.status == 409
    assert "派单" in second.locator("#summary").inner_text()
    assert (second.evaluate("document.activeElement.id"), second.title()[:5]) == ("summary", "还没有完成")
    assert second.locator("#act [name=words]").input_value() == "请物业一起去"
    case.refresh_from_db()
    assert (case.unit, case.state) == (here.team_unit, "dispatched")


def test_double_click_dispatches_once(visitor, here):
    case = factories.life(here, "accepted")
    page = visitor(OFFICE)
    log_in(page, "desk")
    open_case(page, case)
    page.locator("#act [name=unit]").select_option(str(here.team_unit.pk))

    page.get_by_role("button", name="派单", exact=True).dblclick()

    page.get_by_text("“派单”已办好").wait_for()
    assert case.entries.filter(verb="dispatch").count() == 1
