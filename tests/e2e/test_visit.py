"""What was said at a door is answered at the same door: raised on a visit, handled, answered at the next, seen by the household."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import PHONE, serious, too_wide
from tests.e2e.people import log_in
from tests.factories import act, family
from yige.archive.models import Household
from yige.cases.models import Case
from yige.contact.models import Visit
from yige.portal import links
from yige.steps.s1_approach import actions as s1
from yige.steps.s1_approach import appointments

LAMP = "楼道灯不亮，晚上看不清台阶"


def finish(page):
    page.get_by_role("button", name="记好，结束走访").click()


def handle(here, case):
    """Bring the case to its close by the verbs of those who do it in life."""
    at = timezone.now()
    said = {"category": case.category, "urgency": case.urgency, "nature": "public"}
    act("accept", case, by=here.desk, at=at, **said)
    act("dispatch", case, by=here.desk, at=at, unit=here.team_unit, person=here.worker)
    act("sign", case, by=here.worker, at=at)
    act("contact", case, by=here.worker, at=at, how="visit", words="上门看过")
    act("finish", case, by=here.worker, at=at, words="换了灯头")
    act("close", case, by=here.desk, at=at, words="灯已亮")


def test_problem_raised_at_a_door_is_answered_at_that_door(visitor, here):
    made = family(here)
    page = visitor(PHONE)
    log_in(page, "micro")

    page.goto(f"/work/households/{made.pk}/")
    page.get_by_role("link", name="开始走访").click()
    page.get_by_text("没有欠着的答复。").wait_for()
    page.get_by_text("入户").click()
    page.get_by_label("说了什么").first.fill(LAMP)
    page.get_by_text("要上报，请街道来办").first.click()
    page.get_by_label("上报成事项，请街道来办").first.check()
    page.get_by_label("是哪一类").first.select_option(label=here.lamp.label)
    finish(page)
    page.get_by_role("heading", name="记好了").wait_for()
    case = Case.objects.get(words=LAMP)
    assert case.number in page.locator("main").inner_text()

    handle(here, case)

    page.goto(f"/work/households/{made.pk}/visit/")
    owed = page.locator(".yg-owed")
    assert owed.count() == 1
    assert owed.get_by_role("radio", name="办好了").is_checked()
    assert (
        owed.get_by_label("怎么说的").input_value()
        == "已经办好，核查过了。灯已亮。解决得怎么样，请您说一声。"
    )

    page.evaluate("() => document.querySelector('.yg-owed input:checked').checked = false")
    page.get_by_text("入户").click()
    page.get_by_label("说了什么").first.fill("想学用手机挂号")
    finish(page)
    owed.get_by_text("上次说的这件事还没有答复").wait_for()
    assert page.get_by_label("说了什么").first.input_value() == "想学用手机挂号"
    assert (serious(page), too_wide(page)) == ([], 0)

    owed.get_by_text("办好了", exact=True).click()
    finish(page)
    page.get_by_text("这件事到此了结。").wait_for()
    assert Visit.objects.count() == 2

    resident = visitor(PHONE)
    resident.goto(links.address(case))
    assert "走访时答复：办好了。已经办好，核查过了。灯已亮。" in resident.locator(".yg-life").inner_text()


@pytest.fixture
def lived(here):
    """A household with something of everything, another that wants no visits, and an hour that was booked."""
    at = timezone.now()
    here.family = family(here)
    said = {"by": here.micro, "at": at - timedelta(days=8)}
    day = timezone.localdate()
    promises = [
        {"words": "把扶手修好", "due_on": day - timedelta(days=2)},
        {"words": "带一本教程来", "due_on": day + timedelta(days=4)},
    ]
    needs = [{"kind": "need", "words": "想找人陪着去拿药"}]
    here.visit = s1.write_visit_without_timelines(
        here.family, mode="home", needs=needs, promises=promises, **said
    )
    away = family(here, room="603")
    Household.objects.filter(pk=away.pk).update(declines_until=day + timedelta(days=40))
    here.away = away
    slot = appointments.offer_slot(
        here.micro_grid, by=here.micro, at=at, kind="visit", place="上门", starts_at=at.replace(hour=4) + timedelta(days=2)
    )  # fmt: skip
    appointments.book_slot(slot, by=here.micro, at=at, household=here.family, words="说说扶手")
    return here


@pytest.mark.parametrize("care", [False, True])
def test_pages_of_the_field_on_a_phone(visitor, lived, care):
    page, wrong = visitor(PHONE), {}
    log_in(page, "micro")
    page.goto("/care/on/" if care else "/work/")
    file = f"/work/households/{lived.family.pk}/"
    for address in (
        "/work/", "/work/?more=1", "/work/households/", "/work/households/?door=9", file, f"{file}visit/",
        f"/work/households/{lived.away.pk}/", f"/work/households/{lived.away.pk}/visit/",
        f"/work/visits/{lived.visit.pk}/", "/work/appointments/",
    ):  # fmt: skip
        page.goto(address)
        if found := [*serious(page), *([f"{too_wide(page)} px too wide"] if too_wide(page) else [])]:
            wrong[address] = found

    assert wrong == {}


def test_number_of_a_household_is_shown_after_a_reason(visitor, lived):
    page = visitor(PHONE)
    log_in(page, "micro")
    page.goto(f"/work/households/{lived.family.pk}/")

    page.get_by_text("打电话").click()
    page.get_by_label("为什么").select_option(label="走访前联系")
    page.get_by_role("button", name="看电话").click()

    page.locator("a[href='tel:19900000001']").wait_for()
    assert (serious(page), too_wide(page)) == ([], 0)
