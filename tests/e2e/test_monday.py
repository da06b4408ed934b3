"""A head's Monday morning in the browser: the letter, its lines on the desk, the rows of one, and one fewer of them."""

from datetime import timedelta

from django.utils import timezone

from tests.e2e.conftest import PHONE, serious, too_wide
from tests.e2e.people import log_in, say
from tests.factories import act, life
from yige.contact.clockwork import tell_week
from yige.lib.local_time import local_day

SEEN = "() => document.getElementById('head-lines').getBoundingClientRect().bottom < innerHeight"


def two_late_and_one_in_time(here):
    """Return what nobody checked for weeks though the grid's head handed it out, and what is handled for weeks."""
    weeks_ago = timezone.now() - timedelta(days=20)
    unchecked = life(
        here, "accepted", at=weeks_ago, words="三号楼的路灯不亮", contact={"phone": "19900000024"}
    )
    for verb, by, said in (
        ("dispatch", here.grid_head, {"unit": here.team_unit, "person": here.worker}),
        ("sign", here.worker, {}),
        ("contact", here.worker, {"how": "phone", "words": "下午去看"}),
        ("finish", here.worker, {"words": "换了灯头"}),
    ):
        unchecked = act(verb, unchecked, by=by, at=weeks_ago + timedelta(hours=3), **said)
    life(here, "handling", at=timezone.now() - timedelta(hours=2), words="昨天晚上楼道灯不亮")
    return unchecked, life(here, "handling", at=weeks_ago, words="井盖响了半个月")


def test_a_letter_leads_to_the_line_the_line_to_its_rows_and_one_act_makes_it_shorter(visitor, here):
    unchecked, stuck = two_late_and_one_in_time(here)
    tell_week(timezone.now() - timedelta(days=local_day(timezone.now()).weekday()))
    page = visitor(PHONE)
    log_in(page, "grid_head")
    page.get_by_role("link", name="收件箱").first.click()
    letter = page.get_by_role("button", name="每周小结")
    told = letter.inner_text()
    assert "2 件事超过了时限" in told
    letter.click()
    page.wait_for_url("**/console/#head-lines")
    lines = page.get_by_role("region", name="辖区里要管的")
    page.wait_for_function(SEEN)
    assert all(line in told for line in lines.get_by_role("link").all_inner_texts())
    assert (serious(page), too_wide(page)) == ([], 0)

    lines.get_by_role("link", name="2 件事超过了时限").click()
    page.wait_for_url("**/cases/**")
    assert rows(page) == {unchecked.number, stuck.number}
    assert (serious(page), too_wide(page)) == ([], 0)
    page.locator(f"[data-yg-row][href*='{unchecked.number}']").click()
    page.wait_for_url(f"**/cases/{unchecked.number}/**")
    say(page, "核查办结", words="去看过，灯亮了")

    page.goto("/console/")
    lines.get_by_role("link", name="1 件事超过了时限").click()
    page.wait_for_url("**/cases/**")
    assert rows(page) == {stuck.number}


def rows(page):
    page.locator("[data-yg-row]").first.wait_for()
    found = page.locator("[data-yg-row]").evaluate_all("rows => rows.map(row => row.href)")
    return {address.rstrip("/").rpartition("/")[2] for address in found}
