"""Whose duty it is, in the browser: three returns, the head decides, and the row that follows answers the next case."""

import pytest
from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in, open_case, say
from tests.factories import life
from tests.whistles.joint import joint_town
from yige.duty_list.models import DutyRow

NOT_MINE = "三定方案里没有这一项"


@pytest.fixture
def people(visitor, here):
    joint_town(here)
    found = {name: visitor(PHONE if name in ("department", "water") else OFFICE) for name in (
        "desk", "street_head", "department", "water")}  # fmt: skip
    for name, page in found.items():
        log_in(page, name)
    return found


def handed_and_returned(people, case, unit, name, suggested):
    """Let the desk hand the case to a unit, and that unit say that it is not its duty."""
    open_case(people["desk"], case)
    say(people["desk"], "派单", unit=str(unit.pk))
    open_case(people[name], case)
    say(people[name], "退回", reason="not_mine", suggested=str(suggested.pk), words=NOT_MINE)


def chosen(page):
    return page.locator("#act [name=unit]").evaluate("field => field.selectedOptions[0].textContent")


def test_three_returns_a_decision_a_row_and_the_next_case_is_answered(people, here):
    desk, head = people["desk"], people["street_head"]
    case = life(here, "accepted", at=timezone.now())
    bureau, water = here.bureau_unit, here.water_unit
    handed_and_returned(people, case, bureau, "department", water)
    handed_and_returned(people, case, water, "water", bureau)
    open_case(desk, case)
    assert chosen(desk) == "单位bureau"  # who received it first leads after two returns
    handed_and_returned(people, case, bureau, "department", water)

    open_case(desk, case)
    assert desk.locator("#act").get_by_role("button", name="派单", exact=True).count() == 0
    open_case(head, case)
    say(head, "派单", unit=str(water.pk), words="供水的事归供水公司")
    following = life(here, "accepted", at=timezone.now())
    open_case(desk, following)
    assert chosen(desk) == "单位team"  # what is only proposed answers nothing
    decide(head)

    open_case(desk, following)
    act = desk.locator("#act")
    assert chosen(desk) == "单位water"
    assert f"职责清单：不限地方归单位water（三次退回以后由一级网格长定（{case.number}））" in act.inner_text()
    assert (serious(desk), too_wide(desk)) == ([], 0)
    say(desk, "派单")
    following.refresh_from_db()
    assert (following.unit, following.return_count) == (water, 0)


def decide(head):
    """Go from the notice to the proposed row, and put it in force."""
    head.goto("/console/inbox/")
    head.get_by_role("button", name="职责清单：").first.click()
    head.get_by_role("heading", name="由您来定").wait_for()
    assert (serious(head), too_wide(head), DutyRow.objects.get().state) == ([], 0, "proposed")
    head.locator("#decide [name=agreed]").select_option("yes")
    head.get_by_role("button", name="定下来", exact=True).click()
    head.get_by_text("已经定下，派单时先给出这个单位。").wait_for()
    assert DutyRow.objects.get().state == "in_force"
