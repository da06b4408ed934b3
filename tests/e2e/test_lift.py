"""Adding a lift in the browser: a case, the matter, notice, meeting, the vote online and on paper, an objection, done and told.

Days are let pass by moving what was said for later to a moment ago.
"""

import re
from datetime import timedelta

from django.utils import timezone

from tests.e2e.conftest import OFFICE, PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import reported
from tests.markup import said_alone
from tests.policy.deliberation import LISTED, MEETING, NOTICE, owner_of_501
from tests.portal.residents import code_of
from yige.cases.models import RuleValue
from yige.deliberation.models import Ballot, Decision, Deliberation, Vote

DOORS = ("向阳小院3号楼2单元501，89.52", "3号楼2单元502，90", "3号楼2单元503，60.5")


def open_form(page, heading):
    """Open a form by its heading; return it."""
    form = page.locator("details").filter(has=page.get_by_text(heading, exact=True)).first
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def say(page, heading, button=None, **said):
    """Fill the form of this heading and send it."""
    form = open_form(page, heading)
    for name, value in said.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("(field) => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.get_by_role("button", name=button or heading, exact=True).click()
    page.wait_for_load_state()
    assert page.locator(".yg-field__error").count() == 0


def look(page):
    assert (page.url, serious(page), too_wide(page)) == (page.url, [], 0)


def sign_in(page):
    page.goto("/my/council/")
    page.get_by_label("手机号码").fill("19900000001")
    page.locator("main button[type=submit]").first.click()
    page.get_by_label("验证码").fill(code_of())
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/my/council/")


def passes(name):
    """Let time pass: what was said for later was a moment ago."""
    Deliberation.objects.update(**{name: timezone.now() - timedelta(minutes=1)})


def soon(days):
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT10:00}"


def raise_and_meet(case, head, desk):
    desk.goto(f"/console/deliberations/new/?case={case.number}")
    desk.get_by_label("提的是什么").fill("三号楼的老人上不去楼，想装电梯")
    desk.get_by_role("button", name="记下", exact=True).click()
    desk.wait_for_url(re.compile("/console/deliberations/[0-9a-f-]{36}/"))
    head.goto(desk.url)
    say(head, "列入议题", "列入", **LISTED)
    say(head, "发通知", "发出通知", matter="owners_7", meeting_at=soon(4), **NOTICE)
    look(head)
    passes("meeting_at")
    desk.reload()
    say(desk, "记会议", "记下", **{name: str(value) for name, value in MEETING.items()})


def vote(head, desk, phone):
    desk.get_by_role("link", name="名册和投票").click()
    say(desk, "写名册", "写下", roll="\n".join(DOORS))
    head.goto(desk.url)
    say(head, "开始投票", closes_at=soon(5))
    look(head)
    sign_in(phone)
    phone.get_by_role("link", name=LISTED["title"]).first.click()
    phone.get_by_text("同意", exact=True).first.click()
    phone.get_by_role("button", name="投票").click()
    phone.get_by_text("投的是：同意").wait_for()
    look(phone)
    for number in ("2", "3"):
        for page in (desk, head):
            page.reload()
            say(page, "录纸票", "录下", number=number, choice="yes", origin="paper")
    Vote.objects.update(closes_at=timezone.now())
    head.reload()
    say(head, "计票", "计票，开始公示", words="同意加装。")
    look(head)


def carry_out(head, bureau):
    head.reload()
    say(head, "答复", gist="采光", answer="请设计单位算过，不影响。")
    passes("shown_until")
    head.reload()
    head.get_by_role("button", name="公示完，定下来").click()
    head.wait_for_load_state()
    say(head, "定一步", "定下", step="请人来设计", unit=str(bureau.pk), due_on=soon(9)[:10])
    say(head, "办完了", "记下", done="电梯装好了")
    say(head, "反馈给大家", "反馈", words="电梯装好了，请大家用。")
    look(head)


def test_adding_a_lift_from_a_case_to_the_feedback(visitor, here):
    RuleValue.objects.create(name="owners_vote_online", value=1)
    owner_of_501(here)
    case = reported(here, at=timezone.now() - timedelta(hours=4))
    head, desk, phone = visitor(OFFICE), visitor(OFFICE), visitor(PHONE)
    log_in(desk, "grid_head")
    log_in(head, "community_head")
    raise_and_meet(case, head, desk)
    vote(head, desk, phone)
    assert (Ballot.objects.count(), Decision.objects.get().verdict) == (3, "carried")

    public = f"/council/{Deliberation.objects.get().pk}/"
    phone.goto(public)
    look(phone)
    phone.get_by_role("link", name="提不同意见").click()
    phone.get_by_label("请写一写").fill("一层会暗")
    phone.locator("main button[type=submit]").first.click()
    phone.wait_for_url("**/my/council/")
    carry_out(head, here.bureau_unit)
    phone.goto(public)
    text = phone.locator("main").inner_text()
    assert all(words in text for words in ("请设计单位算过", "电梯装好了，请大家用。", "参与表决的业主 3 户"))
    assert "一层会暗" not in text and not said_alone("501", text)
    phone.goto("/my/council/")
    assert "请设计单位算过" in phone.locator("main").inner_text()
